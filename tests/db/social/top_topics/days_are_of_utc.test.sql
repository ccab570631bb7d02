-- PostgREST gives a session the time zone that a client prefers.
begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.topic_analysis (user_id, topic_id, topic_label, message_count, analysis_date)
select 'aaaaaaaa-0000-4000-8000-000000000001', d.ago, d.label, 1, (now() at time zone 'utc')::date - d.ago
from (values (0, 'today'), (6, 'the last day'), (7, 'too old')) as d (ago, label);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

-- One of them is always at another date than UTC.
set local timezone = 'Etc/GMT-14';
select set_eq('select topic_label from social.top_topics()', array['today', 'the last day'], 'whoever is early');
set local timezone = 'Etc/GMT+12';
select set_eq('select topic_label from social.top_topics()', array['today', 'the last day'], 'or late');

select * from finish();
rollback;
