-- Refuses a campaign that is not the user's. Its user never changes and the foreign
-- key keeps it there, so it needs no lock.
create function private.video_require_campaign(p_user_id uuid, p_campaign_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_campaign_id is not null and not exists (
    select 1 from video.campaigns as c where c.id = p_campaign_id and c.user_id = p_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'campaign_not_found',
      detail = format('You have no campaign %s.', p_campaign_id),
      hint = 'Insert the campaign first.';
  end if;
end;
$$;
