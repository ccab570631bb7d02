-- Whether this request may act for a user: they ask themselves, or the service asks
-- without a user's token. A token whose user is not known acts for nobody.
create function private.acts_for(p_user_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if private.jwt_sub() is null then
    return p_user_id is not null;
  end if;
  return coalesce(p_user_id = private.user_id(), false);
end;
$$;
