create function public.delete_my_account()
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.delete_my_account();
end;
grant execute on function public.delete_my_account() to authenticated;
comment on function public.delete_my_account() is
  'The caller leaves for good: jobs are cancelled, holds released, personal data and files removed; the ledger''s numbers stay. Errors: PT403 not_signed_in.';
