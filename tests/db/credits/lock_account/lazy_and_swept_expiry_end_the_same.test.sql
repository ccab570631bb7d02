begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(u.id, 10, 'bonus', p_expires_at => now() + interval '10 minutes') from public.profiles as u;
select private.grant_credits(u.id, 20, 'purchase') from public.profiles as u;
select private.hold_credits(u.id, 4) from public.profiles as u;

-- Ann is swept, then spends; Bob's spend finds the expiry itself.
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '10 minutes');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_now => now() + interval '20 minutes');
select private.spend_credits('bbbbbbbb-0000-4000-8000-000000000002', 1, p_now => now() + interval '20 minutes');

create function pg_temp.books(p_user_id uuid) returns text language sql as $$
  select string_agg(r.line, e'\n' order by r.line)
  from (
    select format('lot %s: %s %s %s %s', l.seq, l.remaining, l.held, l.spent, l.expired) as line
    from public.credit_lots as l where l.user_id = p_user_id
    union all
    select format('transaction %s: %s %s %s', t.seq, t.transaction_type, t.amount, t.balance_after)
    from public.credit_transactions as t where t.user_id = p_user_id
    union all
    select format('account: %s %s %s %s', a.balance, a.held, a.debt, a.next_expiry_at)
    from public.credit_accounts as a where a.user_id = p_user_id
  ) as r;
$$;
select is(
  pg_temp.books('aaaaaaaa-0000-4000-8000-000000000001'), pg_temp.books('bbbbbbbb-0000-4000-8000-000000000002'),
  'both books are alike'
);
select is(
  (select a.balance from public.credit_accounts as a where a.user_id = 'bbbbbbbb-0000-4000-8000-000000000002'),
  19, 'and right'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
