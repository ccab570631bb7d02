begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$
    insert into public.profiles (id, username, role) values ('aaaaaaaa-0000-4000-8000-000000000001', 'ann', 'admin')
    on conflict (id) do update set role = 'admin'
  $$,
  '42501', null, 'to another role'
);

select * from finish();
rollback;
