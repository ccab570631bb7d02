create table public.profiles (
  id uuid primary key,
  email text,
  username text not null,
  full_name text,
  first_name text,
  last_name text,
  company text,
  phone text,
  avatar_url text,
  role text not null default 'user',
  is_active boolean not null default true,
  auth0_sub text,
  last_activity_at timestamptz not null default now(),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a role is user or admin" check (role in ('user', 'admin')),
  constraint "a username is short" check (char_length(username) between 1 and 63),
  constraint "profile texts are bounded" check (
    char_length(email) <= 320
    and char_length(full_name) <= 200
    and char_length(first_name) <= 100
    and char_length(last_name) <= 100
    and char_length(company) <= 200
    and char_length(phone) <= 50
    and char_length(avatar_url) <= 2048
  )
);

-- Unique by partial indexes: a column of a full one counts as a key, and to change
-- it, as when a user leaves, would wait for every row that refers to the profile.
create unique index profiles_username_idx on public.profiles (username)
  where username is not null;
create unique index profiles_auth0_sub_idx on public.profiles (auth0_sub)
  where auth0_sub is not null;

-- Not unique: the issuers own the uniqueness of their emails, and an Auth0 user
-- and a Supabase user with one email are two users until they say otherwise.
create index profiles_email_idx on public.profiles (email);
create index profiles_created_at_idx on public.profiles (created_at);

comment on table public.profiles is
  'One row a user. No foreign key to auth.users: users of third-party auth have no row there, and the ledger outlives the person.';
comment on column public.profiles.role is 'user or admin. Only the service and admin RPCs write it.';
comment on column public.profiles.is_active is 'A deactivated user reads, but starts no metered work.';
comment on column public.profiles.auth0_sub is 'The sub claim of a token whose sub is not a uuid, e.g. auth0|123.';
comment on column public.profiles.deleted_at is 'When the person left; the row is anonymised and kept for the ledger.';

alter table public.profiles enable row level security;

-- What a product does when a user leaves: a function of the user's id, by name.
create table private.retire_handlers (
  handler text primary key,
  constraint "a retire handler resolves" check (to_regprocedure(handler || '(uuid)') is not null)
);

-- What a product gives of a user's data: a function of the user's id that answers
-- an object, table name to rows.
create table private.export_handlers (
  handler text primary key,
  constraint "an export handler resolves" check (to_regprocedure(handler || '(uuid)') is not null)
);
