begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
-- One of each, of each sign that it can have.
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, t.type)
from unnest(array['purchase', 'refund', 'bonus', 'monthly_reset', 'trial_grant', 'adjustment']) as t (type);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, p_now => now() + interval '2 days');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, t.type)
from unnest(array['refund', 'chargeback', 'adjustment']) as t (type);
-- All that is left, and more: a debt.
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'chargeback');

select set_eq(
  'select distinct transaction_type from public.credit_transactions',
  $$
    select m[1]
    from pg_constraint as c
    cross join regexp_matches(pg_get_constraintdef(c.oid), '''(\w+)''::text', 'g') as m
    where c.conrelid = 'public.credit_transactions'::regclass and c.conname = 'a transaction has a known type'
  $$,
  'all types of the platform are here'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select t.transaction_type, sign(t.amount), v.transaction_type
    from public.credit_transactions as t
    join editor.credit_transactions as v on v.id = t.id
    group by 1, 2, 3
    order by 1, 2
  $$,
  $$
    values
      ('adjustment', -1.0::double precision, 'expiration'), ('adjustment', 1, 'bonus'), ('bonus', 1, 'bonus'),
      ('chargeback', -1, 'refund'), ('expiration', -1, 'expiration'), ('monthly_reset', 1, 'purchase'),
      ('purchase', 1, 'purchase'), ('refund', -1, 'refund'), ('refund', 1, 'refund'), ('trial_grant', 1, 'bonus'),
      ('usage', -1, 'usage')
  $$,
  'each has a word of the document'
);
select is_empty(
  $$
    select 1 from editor.credit_transactions
    where transaction_type is null
      or transaction_type not in ('purchase', 'usage', 'refund', 'bonus', 'expiration')
  $$,
  'and no other'
);
select is_empty(
  'select 1 from editor.credit_transactions where balance_before < 0 or balance_after < 0',
  'no balance is negative, though there is a debt'
);
select is(
  (select a.debt > 0 from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'),
  true, 'as there is'
);

select * from finish();
rollback;
