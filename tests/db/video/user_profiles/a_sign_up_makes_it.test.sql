-- What the document's handle_new_user() does, the platform does.
begin;
select plan(3);

select tests.create_user('ann@example.com', '{"username": "annie", "avatar_url": "https://a.test/a.png"}', 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select * from video.user_profiles',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'annie', 'https://a.test/a.png', 100, 0::numeric, now(), now()) $$,
  'named by the metadata, with 100 credits'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select u.username from video.user_profiles as u), 'bob', 'or by the email');
select tests.clear_authentication();
select private.spend_credits('bbbbbbbb-0000-4000-8000-000000000002', 30);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  'select credits, total_spent from video.user_profiles', 'values (70, 30::numeric)', 'it shows what was spent'
);

select * from finish();
rollback;
