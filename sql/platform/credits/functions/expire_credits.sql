-- What cron calls: expires due lots and holds, one account a transaction, so that
-- a sweep never holds one account while it waits for another. A procedure that
-- commits cannot pin its search_path: every name in it is qualified.
create procedure private.expire_credits(p_now timestamptz default now(), p_limit integer default 1000)
language plpgsql
as $$
declare
  v_id uuid;
begin
  for v_id in
    select a.user_id
    from public.credit_accounts as a
    where a.next_expiry_at <= p_now
    order by a.next_expiry_at
    limit p_limit
  loop
    perform private.lock_account(v_id, p_now);
    commit;
  end loop;
  for v_id in
    select h.id
    from public.credit_holds as h
    where h.status = 'held' and h.expires_at <= p_now
    order by h.expires_at
    limit p_limit
  loop
    perform private.expire_hold(v_id, p_now);
    commit;
  end loop;
end;
$$;
