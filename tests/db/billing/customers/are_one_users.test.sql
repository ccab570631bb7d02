begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.customers (user_id, stripe_customer_id, whop_customer_id)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1', 'user_1');

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('of Stripe', 'insert into public.customers (user_id, stripe_customer_id) values (''bbbbbbbb-0000-4000-8000-000000000002'', ''cus_1'')'),
    ('of Whop', 'insert into public.customers (user_id, whop_customer_id) values (''bbbbbbbb-0000-4000-8000-000000000002'', ''user_1'')')
) as c (what, statement);

select * from finish();
rollback;
