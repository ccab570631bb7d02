-- The brand guidelines that bind a generation: its own, else its campaign's.
create function private.video_brand(p_generation video.generations)
returns video.brand_guidelines
language plpgsql
stable
set search_path = ''
as $$
declare
  v_brand video.brand_guidelines;
begin
  if p_generation.brand_guidelines_id is null and p_generation.campaign_id is null then
    return null;            -- a plain request looks nothing up
  end if;
  select b.* into v_brand
  from video.brand_guidelines as b
  where b.user_id = p_generation.user_id
    and b.id = coalesce(
      p_generation.brand_guidelines_id,
      (
        select c.brand_guidelines_id
        from video.campaigns as c
        where c.id = p_generation.campaign_id and c.user_id = p_generation.user_id
      )
    );
  return v_brand;
end;
$$;
