-- Closes an account for good: open holds of its own are released, jobs were ended
-- before. The numbers stay for the books, the words go; late money events still post.
create function private.close_account(p_user_id uuid, p_now timestamptz default now())
returns void
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
declare
  v_hold_id uuid;
begin
  perform 1 from public.credit_accounts as a where a.user_id = p_user_id for no key update;
  for v_hold_id in
    select h.id
    from public.credit_holds as h
    where h.user_id = p_user_id and h.status = 'held'
    order by h.id
  loop
    perform private.end_hold(v_hold_id, 'released', p_now);
  end loop;
  update public.credit_accounts as a
  set closed_at = coalesce(a.closed_at, p_now), updated_at = now()
  where a.user_id = p_user_id;
  update public.credit_holds as h
  set description = null, metadata = private.book_metadata(h.metadata)
  where h.user_id = p_user_id and (h.description is not null or h.metadata <> private.book_metadata(h.metadata));
  update public.credit_transactions as t
  set description = null, metadata = private.book_metadata(t.metadata)
  where t.user_id = p_user_id and (t.description is not null or t.metadata <> private.book_metadata(t.metadata));
end;
$$;
