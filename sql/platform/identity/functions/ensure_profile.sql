-- For a verified token of another issuer (Auth0): makes the profile that the
-- auth.users trigger makes for Supabase's own users. A new user gets a new id.
create function private.ensure_profile()
returns public.profiles
language plpgsql
security definer            -- the caller has no profile yet, so no rights either
set search_path = ''
as $$
declare
  v_sub text := private.jwt_sub();
  v_claims jsonb := coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb);
  v_user_id uuid := private.user_id();
  v_profile public.profiles;
begin
  if v_sub is null then
    return private.require_profile();
  end if;
  select * into v_profile from public.profiles as p where p.id = v_user_id;
  if found then
    return v_profile;
  end if;
  if private.is_uuid(v_sub) then
    return private.create_profile(v_sub::uuid, v_claims ->> 'email', v_claims -> 'user_metadata');
  end if;
  perform private.check_text('sub', v_sub, 255);
  return private.create_profile(
    gen_random_uuid(),
    -- An address that its issuer has not verified could be anybody's.
    case when v_claims ->> 'email_verified' = 'true' then v_claims ->> 'email' end,
    jsonb_build_object(
      'username', v_claims ->> 'nickname',
      'full_name', v_claims ->> 'name',
      'avatar_url', v_claims ->> 'picture'
    ),
    v_sub
  );
end;
$$;
grant execute on function private.ensure_profile() to authenticated;
