-- Helpers of the pgTAP tests. The test runner loads them into its template by a
-- superuser; no migration does.
create schema tests;
grant usage on schema tests to public;

-- Signs a user up the way Supabase's auth service does, as its own role: a
-- trigger on auth.users that leans on the rights of `postgres` fails here too.
create function tests.create_user(
  p_email text,
  p_metadata jsonb default '{}',
  p_id uuid default gen_random_uuid()
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into auth.users as u (
    id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data
  )
  values (
    p_id, 'authenticated', 'authenticated', p_email, now(), '{"provider": "email"}', p_metadata
  );
  return p_id;
end;
$$;
alter function tests.create_user(text, jsonb, uuid) owner to supabase_auth_admin;

-- The end of an account, as the auth service ends it.
create function tests.delete_user(p_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from auth.users as u where u.id = p_id;
end;
$$;
alter function tests.delete_user(uuid) owner to supabase_auth_admin;

-- The rest of the test runs as PostgREST runs a request: the role, and the claims of its token.
create function tests.authenticate(p_role text, p_claims jsonb)
returns void
language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', p_claims::text, true);
  perform set_config('role', p_role, true);
end;
$$;

create function tests.authenticate_as(p_user_id uuid)
returns void
language sql
as $$
  select tests.authenticate(
    'authenticated',
    jsonb_build_object('sub', p_user_id, 'role', 'authenticated', 'aud', 'authenticated')
  );
$$;

-- A token of another issuer, whose sub is no uuid.
create function tests.authenticate_as_subject(p_sub text)
returns void
language sql
as $$
  select tests.authenticate('authenticated', jsonb_build_object('sub', p_sub, 'role', 'authenticated'));
$$;

create function tests.authenticate_as_anon()
returns void
language sql
as $$
  select tests.authenticate('anon', '{"role": "anon"}');
$$;

create function tests.authenticate_as_service()
returns void
language sql
as $$
  select tests.authenticate('service_role', '{"role": "service_role"}');
$$;

-- Back to the owner of the database, without claims.
create function tests.clear_authentication()
returns void
language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', '', true);
  perform set_config('role', 'none', true);
end;
$$;
