-- Another account than the one that was confirmed: its messages are not this user's.
create function private.social_unverify_account()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.verified_at := null;
  return new;
end;
$$;
