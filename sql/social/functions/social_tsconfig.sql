-- A text search configuration of Postgres by its name, or PT400 tsconfig_unknown.
create function private.social_tsconfig(p_name text)
returns regconfig
language plpgsql
stable
set search_path = ''
as $$
declare
  v_config regconfig;
begin
  select c.oid::regconfig into v_config
  from pg_catalog.pg_ts_config as c
  where c.cfgnamespace = 'pg_catalog'::regnamespace and c.cfgname = p_name;
  if not found then
    raise exception using
      errcode = 'PT400', message = 'tsconfig_unknown',
      detail = format('There is no text search configuration "%s".', left(p_name, 100)),
      hint = 'Send simple, or a language such as english or german.';
  end if;
  return v_config;
end;
$$;
