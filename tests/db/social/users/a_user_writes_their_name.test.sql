begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select email from social.users $$,
  $$ values ('ann@example.com') $$,
  'one reads oneself alone'
);
select lives_ok(
  $$ update social.users set full_name = 'Ann' where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$,
  'an update'
);
select lives_ok(
  $$
    insert into social.users (id, full_name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'Ann Lee')
    on conflict (id) do update set id = excluded.id, full_name = excluded.full_name
  $$,
  'an upsert'
);
select results_eq(
  $$ select full_name from public.profiles $$,
  $$ values ('Ann Lee') $$,
  'both land in the profile'
);
select throws_ok(
  $$ update social.users set is_active = true $$,
  '42501', null, 'nobody reactivates themselves'
);
select throws_ok(
  $$ update social.users set email = 'x@example.com' $$,
  '42501', null, 'the email is what signed in'
);
select throws_ok(
  $$
    insert into social.users (id, full_name) values ('bbbbbbbb-0000-4000-8000-000000000002', 'X') on conflict (id) do update set full_name = excluded.full_name
  $$,
  '42501', null, 'nobody else is written'
);
select throws_ok(
  $$ update social.users set full_name = repeat('x', 201) $$,
  '23514', null, 'the platform''s checks hold'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.users $$,
  '42501', null, 'anon reads nobody'
);

select * from finish();
rollback;
