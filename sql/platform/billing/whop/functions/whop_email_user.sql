-- The one user whose address a Whop user has, if both sides have verified it: else
-- who registers with somebody else's address, here or at Whop, would get what the
-- other paid for, or book their refunds on them. Whop's webhooks of today do not say
-- whether an address is verified; then this is nobody, and an admin links.
create function private.whop_email_user(p_object jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user jsonb := coalesce(nullif(p_object -> 'user', 'null'), p_object #> '{payment,user}');
  v_ids uuid[];
begin
  if v_user ->> 'email_verified' is distinct from 'true' or coalesce(v_user ->> 'email', '') = '' then
    return null;
  end if;
  v_ids := array(
    select p.id
    from public.profiles as p
    where lower(p.email) = lower(v_user ->> 'email')
      and p.deleted_at is null
      and (
        p.auth0_sub is not null      -- kept only if its issuer had verified it
        or exists (
          select 1
          from auth.users as u
          where u.id = p.id and u.email_confirmed_at is not null and lower(u.email) = lower(p.email)
        )
      )
    limit 2
  );
  return case when cardinality(v_ids) = 1 then v_ids[1] end;
end;
$$;
