create function private.refuse_ledger_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT403', message = 'ledger_append_only',
    detail = format('%s of %I.%I is refused.', tg_op, tg_table_schema, tg_table_name),
    hint = 'Post a correcting transaction.';
end;
$$;
