begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
create temporary table calls as
select format('select editor.%s_user_credits(%L, 5, %L)', c.name, 'aaaaaaaa-0000-4000-8000-000000000001', c.type) as call, c.name
from (values ('add', 'bonus'), ('deduct', 'usage')) as c (name, type);
grant select on calls to public;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(c.call, 'PT403', 'admin_only', c.name || ' by a user') from calls as c;
select tests.authenticate_as_anon();
select throws_ok(c.call, '42501', null, c.name || ' by anon') from calls as c;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(c.call, c.name || ' by an admin') from calls as c;
select tests.clear_authentication();
select set_eq(
  'select admin_user_id, action, target_id, (details ->> ''amount'')::integer from public.admin_logs',
  $$
    values
      ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'add_user_credits', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 5),
      ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'deduct_user_credits', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 5)
  $$,
  'is written down'
);
select is(
  (select t.actor_id from public.credit_transactions as t order by t.seq desc offset 1 limit 1),
  'bbbbbbbb-0000-4000-8000-000000000002', 'who gave them too'
);
update public.profiles set is_active = false where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(c.call, 'PT403', 'admin_only', c.name || ' by a suspended admin') from calls as c;
select tests.clear_authentication();
select throws_ok(c.call, 'PT403', 'admin_only', 'nor by a caller that is neither') from calls as c where c.name = 'add';

select * from finish();
rollback;
