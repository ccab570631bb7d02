begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into private.subscription_changes (user_id, subscription_id, action, idempotency_key)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'sub_1', 'cancel', 'k');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('another kind', '23514', 'update private.subscription_changes set action = ''forget'''),
    ('to no plan', '23514', 'update private.subscription_changes set action = ''change_plan'''),
    ('a cancel that names a plan', '23514', 'update private.subscription_changes set plan_id = (select p.id from public.plans as p limit 1)'),
    (
      'a key twice', '23505',
      'insert into private.subscription_changes (user_id, subscription_id, action, idempotency_key)
       select c.user_id, c.subscription_id, ''resume'', c.idempotency_key from private.subscription_changes as c'
    )
) as c (what, code, statement);

select * from finish();
rollback;
