create function private.video_refuse_campaign_status()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'campaign_status_invalid',
    detail = format('A campaign does not go from %s to %s.', coalesce(old.status, 'nothing'), new.status),
    hint = 'It moves draft, active, completed.';
end;
$$;
