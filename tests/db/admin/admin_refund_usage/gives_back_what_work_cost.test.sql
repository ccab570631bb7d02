begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table usage as
select t.id from public.credit_transactions as t where t.transaction_type = 'usage';
grant select on usage to public;
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select results_eq(
  $$
    select t.transaction_type, t.amount, t.balance_after, t.actor_id, t.cause_type, t.cause_id = u.id::text
    from usage as u, public.admin_refund_usage(u.id, 'aaaaaaaa-0000-4000-8000-000000000001', null, 'It was bad') as t
  $$,
  $$ values ('refund', 6, 10, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'transaction', true) $$,
  'all of it'
);
select is(
  (select (public.admin_refund_usage(u.id, 'aaaaaaaa-0000-4000-8000-000000000001', null, 'It was bad')).balance_after from usage as u), 10, 'once'
);
select throws_ok(
  format($$ select public.admin_refund_usage(%L, 'aaaaaaaa-0000-4000-8000-000000000001', 1, 'More') $$, u.id), 'PT409', 'idempotency_key_reused',
  'not another part of it'
)
from usage as u;
select results_eq(
  $$ select distinct l.action, l.target_id, l.details ->> 'amount', host(l.ip_address) from public.admin_logs as l $$,
  $$ values ('refund_usage', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, '6', '203.0.113.7') $$, 'it is logged'
);
select tests.clear_authentication();
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
