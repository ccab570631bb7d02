-- What a scheduled post may say; it is its channel's user's.
create function private.social_prepare_post()
returns trigger
language plpgsql
security definer            -- looks the channel up whatever the caller sees
set search_path = ''
as $$
declare
  v_account social.social_accounts := private.social_require_account(new.channel_id);
begin
  perform private.require_active(v_account.user_id);
  new.user_id := v_account.user_id;
  new.platform := private.social_account_platform(v_account, new.platform);
  perform private.social_check_content(new.content_json);
  perform private.social_check_rrule(new.rrule);
  if tg_op = 'INSERT' then
    new.retry_count := 0;
    if new.status <> 'queued' then
      raise exception using
        errcode = 'PT422', message = 'status_invalid',
        detail = 'A scheduled post starts queued.', hint = 'Leave the status out.';
    end if;
  end if;
  return new;
end;
$$;
