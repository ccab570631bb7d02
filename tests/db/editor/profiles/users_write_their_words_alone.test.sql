begin;
select plan(24);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into editor.profiles (id, first_name, last_name, company, phone, avatar_url)
    values ('aaaaaaaa-0000-4000-8000-000000000001', 'Ann', 'Lee', 'Prints', '123', 'https://a.test/a.png')
    on conflict (id) do update
    set
      id = excluded.id, first_name = excluded.first_name, last_name = excluded.last_name, company = excluded.company,
      phone = excluded.phone, avatar_url = excluded.avatar_url
  $$,
  'an upsert'
);
select results_eq(
  'select first_name, last_name, company, phone, avatar_url from public.profiles',
  $$ values ('Ann', 'Lee', 'Prints', '123', 'https://a.test/a.png') $$, 'lands in the platform'
);
select lives_ok(
  $$ update editor.profiles set first_name = 'Anna', last_activity_at = now() $$, 'an update too'
);
select throws_ok(
  $$ update editor.profiles set first_name = repeat('a', 101) $$, '23514', null, 'with the platform''s checks'
);
select throws_ok(
  format('update editor.profiles set %I = %s', c.name, c.value), c.code, null, 'update ' || c.name
)
from (
  values
    ('42501', 'email', $$'x@example.com'$$), ('42501', 'is_active', 'true'), ('0A000', 'is_admin', 'true'),
    ('0A000', 'subscription_status', $$'starter'$$), ('0A000', 'subscription_plan', $$'pro'$$),
    ('0A000', 'stripe_customer_id', $$'cus_x'$$), ('0A000', 'stripe_subscription_id', $$'sub_x'$$),
    ('0A000', 'credits_remaining', '1000'), ('0A000', 'total_credits_purchased', '1000'),
    ('0A000', 'total_credits_used', '0'), ('42501', 'created_at', 'now()'), ('42501', 'updated_at', 'now()')
) as c (code, name, value);
select throws_ok('delete from editor.profiles', '42501', null, 'nor deletes it');
select is(
  (select p.credits_remaining from editor.profiles as p), 0, 'no credits came of it'
);
select is((select count(*) from editor.profiles), 1::bigint, 'others are not seen');
select is_empty(
  $$
    with changed as (
      update editor.profiles set first_name = 'x' where id = 'bbbbbbbb-0000-4000-8000-000000000002' returning 1
    )
    select * from changed
  $$,
  'nor changed'
);
select throws_ok(
  $$
    insert into editor.profiles (id, first_name) values ('bbbbbbbb-0000-4000-8000-000000000002', 'x')
    on conflict (id) do update set first_name = excluded.first_name
  $$,
  '42501', null, 'nor taken over'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.profiles', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  'select email, is_admin from editor.profiles order by email',
  $$ values ('ann@example.com', false), ('bob@example.com', true) $$, 'an admin sees all'
);
select throws_ok(
  'update editor.profiles set is_active = false', '42501', null, 'and suspends by the function for it'
);

select * from finish();
rollback;
