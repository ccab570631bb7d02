begin;
select plan(1);

select is(
  (
    select array_agg(m[1] order by m[1])
    from pg_constraint as c
    cross join regexp_matches(pg_get_constraintdef(c.oid), '''(\w+)''::text', 'g') as m
    where c.conrelid = 'public.credit_transactions'::regclass and c.conname = 'a transaction has a known type'
  ),
  array['adjustment', 'bonus', 'chargeback', 'expiration', 'monthly_reset', 'purchase', 'refund', 'trial_grant', 'usage'],
  'a new type needs its word in every document view'
);

select * from finish();
rollback;
