-- Refuses what is no post: {text: string, media: [{type, url}]}, at least one of
-- both; other keys are left as they are. PT400 content_invalid.
create function private.social_check_content(p_content jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_problem text;
  v_media jsonb;
begin
  if p_content is null or jsonb_typeof(p_content) <> 'object' then
    v_problem := 'content_json must be an object.';
  else
    v_media := coalesce(nullif(p_content -> 'media', 'null'), '[]'::jsonb);
    if p_content ? 'text' and jsonb_typeof(p_content -> 'text') not in ('string', 'null') then
      v_problem := 'text must be a string.';
    elsif char_length(p_content ->> 'text') > 10000 then
      v_problem := 'text may have 10000 characters.';
    elsif jsonb_typeof(v_media) <> 'array' then
      v_problem := 'media must be an array.';
    elsif jsonb_array_length(v_media) > 20 then
      v_problem := 'media may have 20 items.';
    elsif exists (
      select 1
      from jsonb_array_elements(v_media) as m (item)
      where jsonb_typeof(m.item) <> 'object'
        or jsonb_typeof(m.item -> 'type') is distinct from 'string'
        or jsonb_typeof(m.item -> 'url') is distinct from 'string'
        or char_length(btrim(m.item ->> 'type')) not between 1 and 50
        or char_length(btrim(m.item ->> 'url')) not between 1 and 2048
    ) then
      v_problem := 'each of media must be {type: string, url: string}.';
    elsif btrim(coalesce(p_content ->> 'text', '')) = '' and jsonb_array_length(v_media) = 0 then
      v_problem := 'text or media must be there.';
    end if;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'content_invalid', detail = v_problem,
      hint = 'See the comment of social.scheduled_posts.content_json.';
  end if;
end;
$$;
