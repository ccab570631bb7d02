-- Refuses brand guidelines that are not the user's.
create function private.video_require_brand(p_user_id uuid, p_brand_guidelines_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_brand_guidelines_id is not null and not exists (
    select 1
    from video.brand_guidelines as b
    where b.id = p_brand_guidelines_id and b.user_id = p_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'brand_guidelines_not_found',
      detail = format('You have no brand guidelines %s.', p_brand_guidelines_id),
      hint = 'Insert the brand guidelines first.';
  end if;
end;
$$;
