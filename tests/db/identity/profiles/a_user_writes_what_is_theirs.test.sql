begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
  $$
    update public.profiles
    set username = 'annie', full_name = 'Ann Ash', first_name = 'Ann', last_name = 'Ash', company = 'Ash',
      phone = '1', avatar_url = 'a', last_activity_at = now()
    where id = 'aaaaaaaa-0000-4000-8000-000000000001'
  $$,
  'their own names'
);
select throws_ok(
  format('update public.profiles set %I = %s where id = %L', c.name, c.value, 'aaaaaaaa-0000-4000-8000-000000000001'),
  '42501', null, 'not ' || c.name
)
from (
  values
    ('role', $$'admin'$$), ('is_active', 'true'), ('auth0_sub', $$'auth0|x'$$), ('email', $$'x@example.com'$$),
    ('id', 'gen_random_uuid()'), ('deleted_at', 'now()'), ('created_at', 'now()'), ('updated_at', 'now()')
) as c (name, value);
select results_eq(
  format('with changed as (update public.profiles set company = ''x'' where id = %L returning 1) select count(*) from changed', 'bbbbbbbb-0000-4000-8000-000000000002'),
  'values (0::bigint)', 'another user''s row is not there'
);
select throws_ok($$ delete from public.profiles $$, '42501', null, 'no delete');
select throws_ok(
  $$ insert into public.profiles (id, username) values (gen_random_uuid(), 'x') $$, '42501', null, 'no insert'
);
select throws_ok(
  $$ update public.profiles set username = 'bob' where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, '23505',
  null, 'no name that another has'
);
select throws_ok(
  $$ update public.profiles set username = '' where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, '23514',
  null, 'no empty name'
);

select * from finish();
rollback;
