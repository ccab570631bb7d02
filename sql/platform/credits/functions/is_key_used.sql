-- Whether any ledger function of this user was called with the key.
create function private.is_key_used(p_user_id uuid, p_idempotency_key text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select 1
    from public.credit_transactions as t
    where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
  ) or exists (
    select 1
    from public.credit_holds as h
    where h.user_id = p_user_id and h.idempotency_key = p_idempotency_key
  );
end;
$$;
