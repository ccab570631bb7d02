create function private.social_cut_decision()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.message_text := left(new.message_text, 500);
  return new;
end;
$$;
