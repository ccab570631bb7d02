begin;
select plan(21);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
select tests.authenticate_as_subject('auth0|ann');
select lives_ok(
  $$ insert into staging.projects (id, name) values ('88888888-0000-4000-8000-000000000001', 'Villa') $$, 'who inserts it'
);
select results_eq(
  'select user_id, name, created_at from staging.projects',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'Villa', now()) $$, 'theirs'
);
select lives_ok(
  $$
    insert into staging.projects (id, user_id, name)
    values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Castle')
    on conflict (id) do update set id = excluded.id, user_id = excluded.user_id, name = excluded.name
  $$, 'an upsert changes it'
);
select is((select p.name from staging.projects as p), 'Castle', 'as it says');
select throws_ok(
  $$ insert into staging.projects (user_id, name) values ('bbbbbbbb-0000-4000-8000-000000000002', 'x') $$, '42501', null, 'nobody else''s'
);
select throws_ok(
  $$ update staging.projects set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, '42501', null, 'nor is it given away'
);
select throws_ok('update staging.projects set created_at = now()', '42501', null, 'nor made older');
select throws_ok('insert into staging.projects (name) values ('''')', '23514', null, 'not without a name');
select throws_ok('insert into staging.projects (name) values (repeat(''n'', 201))', '23514', null, 'nor with a long one');
select tests.authenticate_as_subject('auth0|bob');
select is_empty('select 1 from staging.projects', 'another user does not see it');
select is_empty('with changed as (update staging.projects set name = ''x'' returning 1) select * from changed', 'nor change it');
select is_empty('with gone as (delete from staging.projects returning 1) select * from gone', 'nor delete it');
select throws_ok(
  $$
    insert into staging.projects (id, name) values ('88888888-0000-4000-8000-000000000001', 'x')
    on conflict (id) do update set name = excluded.name
  $$, '42501', null, 'nor take it over'
);
select throws_ok(
  format('insert into staging.projects (user_id, name) values (%L, ''x'')', gen_random_uuid()), '42501', null,
  'nor is told who there is'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update staging.projects set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, '42501', 'owner_is_fixed', 'the service moves none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok('insert into staging.projects (name) values (''x'')', 'PT403', 'profile_missing', 'a user needs a profile');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.projects', '42501', null, 'anon may not look');
select throws_ok('insert into staging.projects (name) values (''x'')', '42501', null, 'nor write');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select isnt_empty('select 1 from staging.projects', 'an admin sees it');
select is_empty('with changed as (update staging.projects set name = ''x'' returning 1) select * from changed', 'and leaves it as it is');
select tests.authenticate_as_subject('auth0|ann');
select isnt_empty('with gone as (delete from staging.projects returning 1) select * from gone', 'its user deletes it');

select * from finish();
rollback;
