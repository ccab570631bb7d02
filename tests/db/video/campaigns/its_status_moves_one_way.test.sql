begin;
select plan(16);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.campaigns (id, name, completed_at) values ('33333333-0000-4000-8000-000000000001', 'One', now());
select results_eq('select status, completed_at from video.campaigns', $$ values ('draft', null::timestamptz) $$, 'it begins as a draft');
select throws_ok($$ update video.campaigns set status = 'completed' $$, 'PT422', 'campaign_status_invalid', 'draft to completed');
select throws_ok($$ update video.campaigns set status = 'other' $$, 'PT422', 'campaign_status_invalid', 'draft to what is not known');
select lives_ok($$ update video.campaigns set status = 'active' $$, 'draft to active');
select throws_ok($$ update video.campaigns set status = 'draft' $$, 'PT422', 'campaign_status_invalid', 'active to draft');
select lives_ok($$ update video.campaigns set status = 'completed', completed_at = '2001-01-01' $$, 'active to completed');
select is((select c.completed_at from video.campaigns as c), now(), 'it says when');
select lives_ok($$ update video.campaigns set completed_at = null, name = 'First' $$, 'other words change');
select is((select c.completed_at from video.campaigns as c), now(), 'the time stays');
select throws_ok(
  format('update video.campaigns set status = %L', s.status), 'PT422', 'campaign_status_invalid', 'completed to ' || s.status
)
from unnest(array['draft', 'active']) as s (status);
select lives_ok(
  $$
    insert into video.campaigns (id, name, status) values ('33333333-0000-4000-8000-000000000001', 'Last', 'completed')
    on conflict (id) do update set name = excluded.name, status = excluded.status
  $$,
  'an upsert of what it is'
);
select throws_ok(
  $$
    insert into video.campaigns (id, name, status) values ('33333333-0000-4000-8000-000000000001', 'Last', 'active')
    on conflict (id) do update set name = excluded.name, status = excluded.status
  $$,
  'PT422', 'campaign_status_invalid', 'not of what it was'
);
select throws_ok(
  $$ insert into video.campaigns (name, status) values ('Two', 'completed') $$,
  'PT422', 'campaign_status_invalid', 'none begins completed'
);
select lives_ok($$ insert into video.campaigns (name, status) values ('Two', 'active') $$, 'but it may begin active');
select throws_ok($$ insert into video.campaigns (name, status) values ('Two', 'other') $$, '23514', null, 'as nothing else');

select * from finish();
rollback;
