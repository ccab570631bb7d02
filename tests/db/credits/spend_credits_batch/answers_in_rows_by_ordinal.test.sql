begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus');
create temporary table answer as
select *
from private.spend_credits_batch(jsonb_build_array(
  jsonb_build_object('user_id', 'bbbbbbbb-0000-4000-8000-000000000002', 'amount', 1),
  jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 2, 'description', 'two', 'metadata', '{"k": 1}'::jsonb),
  jsonb_build_object('user_id', 'bbbbbbbb-0000-4000-8000-000000000002', 'amount', 3),
  jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 4, 'idempotency_key', 'key-1')
));

select results_eq(
  $$
    select b.ordinal, b.user_id, b.seq, b.balance_after, b.error, t.amount, t.description, t.metadata
    from answer as b
    join public.credit_transactions as t on t.id = b.transaction_id and t.seq = b.seq
    order by b.ordinal
  $$,
  $$
    values
      (1, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 2::bigint, 9, null::text, -1, null::text, '{}'::jsonb),
      (2, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 2::bigint, 8, null, -2, 'two', '{"k": 1}'),
      (3, 'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 3::bigint, 6, null, -3, null, '{}'),
      (4, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 3::bigint, 4, null, -4, null, '{}')
  $$,
  'each item has its own transaction, in the order given'
);
select results_eq(
  'select balance, last_seq, total_used from public.credit_accounts order by user_id',
  'values (4, 3::bigint, 6::bigint), (6, 3::bigint, 4::bigint)', 'the accounts moved by the sums'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
