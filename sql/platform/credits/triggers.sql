-- By nobody, the owner included: what is posted is corrected by another posting.
create trigger transactions_are_append_only
  before update or delete on public.credit_transactions
  for each row execute function private.refuse_ledger_change();
create trigger transactions_are_not_truncated
  before truncate on public.credit_transactions
  for each statement execute function private.refuse_ledger_change();
create trigger accounts_are_never_deleted
  before delete on public.credit_accounts
  for each row execute function private.refuse_ledger_change();
