-- What held a user's top-up back may be gone (a new month, another card): a balance
-- that is still below the threshold counts as one that fell.
create function private.look_again(p_user_id uuid)
returns void
language plpgsql
security definer            -- called by cron, for somebody else
set search_path = ''
as $$
begin
  update public.auto_top_ups as s set look_again_at = null where s.user_id = p_user_id;
  perform 1 from public.credit_accounts as a where a.user_id = p_user_id for no key update;
  insert into private.balance_crossings (user_id)
  select a.user_id
  from public.credit_accounts as a
  where a.user_id = p_user_id and a.balance < a.top_up_at
  on conflict (user_id) do nothing;
end;
$$;
