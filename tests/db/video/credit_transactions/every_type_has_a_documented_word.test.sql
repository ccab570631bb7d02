begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create temporary table known as
select m[1] as type, row_number() over (order by m[1])::integer as n
from pg_constraint as c
cross join regexp_matches(pg_get_constraintdef(c.oid), '''(\w+)''::text', 'g') as m
where c.conrelid = 'public.credit_transactions'::regclass and c.conname = 'a transaction has a known type';
select private.post_transaction('aaaaaaaa-0000-4000-8000-000000000001', k.type, 'grant', k.n, 0, 0) from known as k order by k.n;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is_empty(
  $$
    select 1
    from video.credit_transactions as t
    where t.transaction_type is null
      or t.transaction_type not in ('purchase', 'generation', 'refund', 'bonus')
  $$,
  'of the platform''s types'
);
select tests.clear_authentication();
grant select on known to authenticated;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select set_eq(
  $$ select k.type, t.transaction_type from video.credit_transactions as t join known as k on k.n = t.amount $$,
  $$
    values ('purchase', 'purchase'), ('usage', 'generation'), ('refund', 'refund'), ('chargeback', 'refund'),
      ('bonus', 'bonus'), ('trial_grant', 'bonus'), ('monthly_reset', 'bonus'), ('expiration', 'bonus'),
      ('adjustment', 'bonus')
  $$,
  'each its own'
);

select * from finish();
rollback;
