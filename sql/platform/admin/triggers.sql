create trigger admin_logs_are_append_only
  before update or delete on public.admin_logs
  for each row execute function private.refuse_ledger_change();
create trigger admin_logs_are_not_truncated
  before truncate on public.admin_logs
  for each statement execute function private.refuse_ledger_change();
