begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.credit_transactions (
  user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
)
select
  'aaaaaaaa-0000-4000-8000-000000000001', 1 + row_number() over (), m.word, 'grant', a.amount, 100, 100 + a.amount, 0, 0
from pg_constraint as c
cross join regexp_matches(pg_get_constraintdef(c.oid), '''(\w+)''::text', 'g') as t (word)
cross join lateral (select t.word[1] as word) as m
cross join (values (5), (-5)) as a (amount)
where c.conrelid = 'public.credit_transactions'::regclass and c.conname = 'a transaction has a known type';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from social.credit_transactions), 19::bigint, 'nine types, both ways');
select is_empty(
  $$
    select * from social.credit_transactions
    where transaction_type is null
      or transaction_type not in ('deduction', 'refund', 'purchase', 'monthly_reset', 'trial_grant', 'bonus')
  $$,
  'each is one of the document''s'
);
select set_eq(
  $$
    select distinct p.transaction_type as type, sign(p.amount)::integer as way, s.transaction_type as word
    from public.credit_transactions as p join social.credit_transactions as s on s.id = p.id
    where p.transaction_type not in ('purchase', 'monthly_reset', 'trial_grant', 'bonus')
  $$,
  $$
    values
      ('usage', -1, 'deduction'), ('usage', 1, 'deduction'),
      ('expiration', -1, 'monthly_reset'), ('expiration', 1, 'monthly_reset'),
      ('refund', 1, 'refund'), ('refund', -1, 'deduction'),
      ('chargeback', 1, 'refund'), ('chargeback', -1, 'deduction'),
      ('adjustment', 1, 'bonus'), ('adjustment', -1, 'deduction')
  $$,
  'what is taken is a deduction, what comes back a refund'
);

select * from finish();
rollback;
