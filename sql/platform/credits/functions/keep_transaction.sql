-- By nobody, the owner included, is a posting changed; but of an account that was
-- closed for good the words go: the books are its numbers.
create function private.keep_transaction()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_bare public.credit_transactions := old;
begin
  v_bare.description := null;
  v_bare.metadata := private.book_metadata(old.metadata);
  if new is not distinct from v_bare and exists (
    select 1 from public.credit_accounts as a where a.user_id = old.user_id and a.closed_at is not null
  ) then
    return new;
  end if;
  raise exception using
    errcode = 'PT403', message = 'ledger_append_only',
    detail = 'A transaction is never changed.', hint = 'Post a correcting transaction.';
end;
$$;
