begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.topic_analysis (user_id, topic_id, topic_label, topic_keywords, message_count, analysis_date)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'Shipping', '{late,parcel}', 5, current_date - 1), ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'Shipping', '{parcel,lost}', 4, current_date),
  ('aaaaaaaa-0000-4000-8000-000000000001', 2, 'Refunds', '{money}', 20, current_date - 6), ('aaaaaaaa-0000-4000-8000-000000000001', 3, 'Old', '{x}', 99, current_date - 7),
  ('aaaaaaaa-0000-4000-8000-000000000001', -1, 'Outliers', null, 99, current_date), ('aaaaaaaa-0000-4000-8000-000000000001', 4, 'Few', null, 1, current_date), ('bbbbbbbb-0000-4000-8000-000000000002', 1, 'Bob', null, 99, current_date);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select * from social.top_topics() $$,
  $$
    values (2, 'Refunds', '{money}'::text[], 20::bigint), (1, 'Shipping', '{parcel,lost}', 9), (4, 'Few', null, 1)
  $$,
  'of the caller, the newest words, without outliers'
);
select results_eq(
  $$ select topic_label from social.top_topics(30, 1) $$,
  $$ values ('Old') $$,
  'of more days, fewer of them'
);
select throws_ok(
  $$ select * from social.top_topics(0) $$,
  'PT400', 'limit_invalid', 'no day'
);
select throws_ok(
  $$ select * from social.top_topics(366) $$,
  'PT400', 'limit_invalid', 'too many days'
);
select throws_ok(
  $$ select * from social.top_topics(null) $$,
  'PT400', 'limit_invalid', 'null days'
);
select throws_ok(
  $$ select * from social.top_topics(7, 0) $$,
  'PT400', 'limit_invalid', 'no row'
);
select throws_ok(
  $$ select * from social.top_topics(7, 101) $$,
  'PT400', 'limit_invalid', 'too many'
);
select throws_ok(
  $$ select * from social.top_topics(7, null) $$,
  'PT400', 'limit_invalid', 'null'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select * from social.top_topics() $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.top_topics() $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
