begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.campaigns (id, user_id, name) values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Ann''s'), ('33333333-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s');
insert into video.storyboard_sequences (id, user_id, name, campaign_id) values
  ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Ann''s', '33333333-0000-4000-8000-000000000001'),
  ('44444444-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s', null);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$
    insert into video.generations (prompt, model, campaign_id)
    values ('A cat', 'veo-2', '33333333-0000-4000-8000-000000000002')
  $$, 'PT404', 'campaign_not_found', 'not to another''s campaign'
);
select throws_ok(
  $$
    insert into video.generations (prompt, model, storyboard_id)
    values ('A cat', 'veo-2', '44444444-0000-4000-8000-000000000002')
  $$, 'PT404', 'storyboard_not_found', 'nor storyboard'
);
insert into video.generations (prompt, model, storyboard_id)
values ('A cat', 'veo-2', '44444444-0000-4000-8000-000000000001');
select is(
  (select g.campaign_id from video.generations as g), '33333333-0000-4000-8000-000000000001', 'a storyboard brings its campaign'
);
select throws_ok(
  $$ update video.generations set campaign_id = '33333333-0000-4000-8000-000000000002' $$,
  'PT404', 'campaign_not_found', 'nor later'
);
select throws_ok(
  $$ update video.generations set storyboard_id = '44444444-0000-4000-8000-000000000002' $$,
  'PT404', 'storyboard_not_found', 'nor that'
);
select lives_ok('update video.generations set campaign_id = null, storyboard_id = null', 'it can be taken out');

select * from finish();
rollback;
