-- The platform of a text, or PT400: argument_missing, platform_unknown.
create function private.social_platform(p_platform text)
returns social.social_platform
language plpgsql
immutable
set search_path = ''
as $$
begin
  perform private.check_text('p_platform', p_platform, 20);
  if p_platform <> all (enum_range(null::social.social_platform)::text[]) then
    raise exception using
      errcode = 'PT400', message = 'platform_unknown',
      detail = format('"%s" is no known platform.', p_platform),
      hint = 'Send one of social.social_platform.';
  end if;
  return p_platform::social.social_platform;
end;
$$;
