-- By nobody, the owner included: what is posted is corrected by another posting.
create trigger transactions_are_append_only
  before delete on public.credit_transactions
  for each row execute function private.refuse_ledger_change();
create trigger transactions_are_kept
  before update on public.credit_transactions
  for each row execute function private.keep_transaction();
create trigger transactions_are_not_truncated
  before truncate on public.credit_transactions
  for each statement execute function private.refuse_ledger_change();
create trigger accounts_are_never_deleted
  before delete on public.credit_accounts
  for each row execute function private.refuse_ledger_change();
-- The condition is all that a movement pays: it is false but for the one that crosses.
create trigger note_crossing
  after update of balance on public.credit_accounts
  for each row
  when (
    new.balance < new.low_balance_at and old.balance >= old.low_balance_at
    or new.balance < new.top_up_at and old.balance >= old.top_up_at
  )
  execute function private.note_crossing();
