create function public.my_credits()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.my_credits();
end;
grant execute on function public.my_credits() to authenticated;
comment on function public.my_credits() is
  'The caller''s credits as {settled, held, available, debt}, whole credits; settled = available + held. Errors: PT403 not_signed_in.';
