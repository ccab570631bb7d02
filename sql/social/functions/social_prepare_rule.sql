-- A rule for an account is its user's; one without is the caller's.
create function private.social_prepare_rule()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
begin
  if new.social_account_id is not null then
    new.user_id := (private.social_require_account(new.social_account_id)).user_id;
  else
    new.user_id := coalesce(new.user_id, private.user_id());
    perform private.require_present(new.user_id);
  end if;
  return new;
end;
$$;
