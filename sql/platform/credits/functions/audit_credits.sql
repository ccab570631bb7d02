-- The accounts whose books do not add up, and how. An empty answer is a sound
-- ledger. Null checks every account.
create function private.audit_credits(p_user_id uuid default null)
returns table (user_id uuid, problem text, expected bigint, actual bigint)
language sql
stable
security definer            -- reads every account
set search_path = ''
as $$
  with account as (
    select a.* from public.credit_accounts as a where p_user_id is null or a.user_id = p_user_id
  ),
  lot as (
    select
      l.user_id,
      sum(l.remaining) filter (where l.frozen_at is null) as free,
      sum(l.remaining) filter (where l.frozen_at is not null) as frozen,
      sum(l.held) as held
    from public.credit_lots as l
    where p_user_id is null or l.user_id = p_user_id
    group by l.user_id
  ),
  hold as (
    select h.user_id, sum(h.amount - h.captured) as open
    from public.credit_holds as h
    where h.status = 'held' and (p_user_id is null or h.user_id = p_user_id)
    group by h.user_id
  ),
  link as (
    select
      t.*,
      lag(t.seq, 1, 0::bigint) over chain as previous_seq,
      lag(t.balance_after, 1, 0) over chain as previous_balance,
      lag(t.debt_after, 1, 0) over chain as previous_debt
    from public.credit_transactions as t
    where p_user_id is null or t.user_id = p_user_id
    window chain as (partition by t.user_id order by t.seq)
  ),
  book as (
    select
      k.user_id,
      sum(k.amount) as total,
      max(k.seq) as last_seq,
      count(*) filter (where k.seq <> k.previous_seq + 1) as gaps,
      count(*) filter (
        where k.balance_before <> k.previous_balance or k.debt_before <> k.previous_debt
      ) as breaks
    from link as k
    group by k.user_id
  ),
  finding as (
    select a.user_id, 'balance is not the sum of its lots' as problem,
      coalesce(l.free, 0) as expected, a.balance::bigint as actual
    from account as a left join lot as l on l.user_id = a.user_id
    union all
    select a.user_id, 'held is not the sum of open holds and frozen lots',
      coalesce(h.open, 0) + coalesce(l.frozen, 0), a.held::bigint
    from account as a
    left join lot as l on l.user_id = a.user_id
    left join hold as h on h.user_id = a.user_id
    union all
    select a.user_id, 'lots hold other than open holds do', coalesce(h.open, 0), coalesce(l.held, 0)
    from account as a
    left join lot as l on l.user_id = a.user_id
    left join hold as h on h.user_id = a.user_id
    union all
    select a.user_id, 'transactions do not sum to balance + held - debt',
      coalesce(b.total, 0), a.balance::bigint + a.held - a.debt
    from account as a left join book as b on b.user_id = a.user_id
    union all
    select a.user_id, 'the last seq is another', coalesce(b.last_seq, 0), a.last_seq
    from account as a left join book as b on b.user_id = a.user_id
    union all
    select l.user_id, 'a lot granted other than its transaction', coalesce(t.amount, 0), l.granted::bigint
    from public.credit_lots as l
    left join public.credit_transactions as t
      on t.user_id = l.user_id and t.seq = l.seq and t.operation = 'grant'
    where p_user_id is null or l.user_id = p_user_id
    union all
    select a.user_id, 'a lot expires before its account looks', 0, (
      select count(*)
      from public.credit_lots as l
      where l.user_id = a.user_id and l.spendable and l.expires_at < a.next_expiry_at
    )
    from account as a
    union all
    select b.user_id, 'seq has gaps', 0, b.gaps from book as b
    union all
    select b.user_id, 'balances do not chain', 0, b.breaks from book as b
    union all
    select h.user_id, 'an open hold is bound only to ended jobs', 0, count(*)
    from public.credit_holds as h
    where h.status = 'held' and h.expires_at is null
      and (p_user_id is null or h.user_id = p_user_id)
      and not exists (
        select 1 from public.jobs as j where j.hold_id = h.id and j.finished_at is null
      )
    group by h.user_id
  )
  select f.user_id, f.problem, f.expected, f.actual
  from finding as f
  where f.expected <> f.actual;
$$;
