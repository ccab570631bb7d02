begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', p_idempotency_key => 'key-1'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus');

select is(
  (private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', 'Other words', '{"k": 2}', 'key-1')).id,
  (select t.id from public.credit_transactions as t where t.idempotency_key = 'key-1'),
  'the same call returns the first row, whatever its description and metadata'
);
select is((select a.balance from public.credit_accounts as a), 11, 'and grants nothing more');

select * from finish();
rollback;
