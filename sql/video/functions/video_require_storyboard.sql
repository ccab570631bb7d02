-- Refuses a storyboard that is not the user's.
create function private.video_require_storyboard(p_user_id uuid, p_storyboard_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_storyboard_id is not null and not exists (
    select 1
    from video.storyboard_sequences as s
    where s.id = p_storyboard_id and s.user_id = p_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'storyboard_not_found',
      detail = format('You have no storyboard %s.', p_storyboard_id),
      hint = 'Insert the storyboard first.';
  end if;
end;
$$;
