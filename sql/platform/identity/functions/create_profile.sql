-- Makes a user's profile, once: repeating returns it as it is. A trigger on profiles
-- makes the credit account and the sign-up credits.
create function private.create_profile(
  p_user_id uuid,
  p_email text,
  p_metadata jsonb default '{}'::jsonb,
  p_auth0_sub text default null
)
returns public.profiles
language plpgsql
security definer            -- called by sign-up, before the user has any rights
set search_path = ''
as $$
declare
  v_profile public.profiles;
  v_metadata jsonb := coalesce(p_metadata, '{}'::jsonb);
  v_wish text := coalesce(
    nullif(btrim(v_metadata ->> 'username'), ''),
    split_part(coalesce(p_email, ''), '@', 1)
  );
begin
  -- Bounded: a collision of random suffixes needs the same ten hex digits.
  for i in 1 .. 5 loop
    begin
      insert into public.profiles (
        id, email, username, full_name, first_name, last_name, avatar_url, auth0_sub
      )
      values (
        p_user_id,
        left(p_email, 320),
        private.free_username(v_wish),
        left(v_metadata ->> 'full_name', 200),
        left(v_metadata ->> 'first_name', 100),
        left(v_metadata ->> 'last_name', 100),
        left(v_metadata ->> 'avatar_url', 2048),
        p_auth0_sub
      )
      on conflict (id) do nothing;
      exit;
    exception when unique_violation then
      -- Another sign-up took the username, or a second request of the same
      -- third-party user made the profile: the first is retried, the second is done.
      if p_auth0_sub is not null then
        select * into v_profile from public.profiles as p where p.auth0_sub = p_auth0_sub;
        if found then
          return v_profile;
        end if;
      end if;
      if i = 5 then
        raise;
      end if;
    end;
  end loop;

  select * into v_profile from public.profiles as p where p.id = p_user_id;
  return v_profile;
end;
$$;
