-- A secret by name: from Vault where there is one, else from private.settings.
-- A missing secret raises: a dispatcher without its secret must not look healthy.
create function private.secret(p_name text)
returns text
language plpgsql
stable
security definer            -- Vault and settings are not the caller's to read
set search_path = ''
as $$
declare
  v_value text;
begin
  if to_regclass('vault.decrypted_secrets') is not null then
    execute format(
      'select s.decrypted_secret from %s as s where s.name = $1',
      to_regclass('vault.decrypted_secrets')
    ) into v_value using p_name;
  end if;
  v_value := coalesce(nullif(v_value, ''), nullif(private.setting(p_name), ''));
  if v_value is null then
    raise exception using
      errcode = 'PT500',
      message = 'secret_missing',
      detail = format('The secret "%s" is neither in Vault nor in private.settings.', p_name),
      hint = 'See docs/deploy.md for the secrets that an installation needs.';
  end if;
  return v_value;
end;
$$;
