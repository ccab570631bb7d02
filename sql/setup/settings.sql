create table private.settings (
  key text primary key,
  value text not null,
  updated_at timestamptz not null default now()
);
comment on table private.settings is
  'Settings of this installation, and locally its secrets. On Supabase secrets are in Vault.';
