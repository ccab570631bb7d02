-- What a row never changes: its user (its children carry the same), and a
-- conversation's thread (its states would stay behind under the old name, for
-- whoever takes that name next). Sending the value that it has changes nothing.
create function private.social_refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format('The %s of a row of %s does not change.', tg_argv[0], tg_table_name),
    hint = 'Insert another row.';
end;
$$;
