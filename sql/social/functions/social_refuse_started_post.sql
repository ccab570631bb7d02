create function private.social_refuse_started_post()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'status_invalid',
    detail = format('The post is %s; only a queued one can be changed.', old.status),
    hint = 'Schedule another.';
end;
$$;
