-- Refuses a filled request whose words are out of bounds, or that its model cannot
-- make: PT400 input_invalid.
create function private.video_check_request(p_request video.generations)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_limits video.model_limits := private.video_limits(p_request.model, p_request.resolution);
  v_problem text;
begin
  -- White space and what has no width say nothing.
  if char_length(p_request.prompt) > 5000
    or regexp_replace(coalesce(p_request.prompt, ''), '[\s\u200b-\u200f\u2060\ufeff]', '', 'g') = '' then
    v_problem := 'prompt must have 1 to 5000 characters.';
  elsif coalesce(p_request.model, '') !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$' then
    v_problem := 'model must be one of video.generate in the price book, e.g. veo-2 or veo-fast.';
  elsif p_request.aspect_ratio !~ '^[1-9][0-9]?:[1-9][0-9]?$' then
    v_problem := 'aspect_ratio must be like 16:9.';
  elsif p_request.resolution !~ '^([1-9][0-9]{2,3}p|[2-8]k)$' then
    v_problem := 'resolution must be like 720p, 4k or 1280x720.';
  elsif p_request.mode !~ '^[A-Za-z0-9 _-]{1,50}$' then
    v_problem := 'mode must have 1 to 50 letters, digits, spaces, - or _.';
  elsif char_length(p_request.negative_prompt) > 2000 then
    v_problem := 'negative_prompt must have at most 2000 characters.';
  elsif char_length(p_request.platform) > 50 or char_length(p_request.character_id) > 200 then
    v_problem := 'platform must have at most 50 characters, character_id at most 200.';
  elsif not exists (
    select 1
    from public.metered_operations as m
    where m.operation = 'video.generate' and m.is_active
      and m.variant = private.video_price_variant(p_request.model, p_request.resolution)
  ) then
    v_problem := case
      when exists (
        select 1
        from public.metered_operations as m
        where m.operation = 'video.generate' and m.is_active
          and (m.variant = p_request.model or starts_with(m.variant, p_request.model || ':'))
      ) then format('%s does not make %s.', p_request.model, p_request.resolution)
      else 'model must be one of video.generate in the price book, e.g. veo-2 or veo-fast.'
    end;
  elsif p_request.seconds <> all (v_limits.seconds) then
    v_problem := format(
      '%s at %s makes %s seconds, not %s.',
      p_request.model, p_request.resolution,
      case
        when cardinality(v_limits.seconds) > 10 then format('%s to %s', v_limits.seconds[1], v_limits.seconds[cardinality(v_limits.seconds)])
        else array_to_string(v_limits.seconds, ', ')
      end,
      p_request.seconds
    );
  elsif p_request.aspect_ratio <> all (v_limits.aspect_ratios) then
    v_problem := format(
      '%s makes %s, not %s.',
      p_request.model, array_to_string(v_limits.aspect_ratios, ', '), p_request.aspect_ratio
    );
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = coalesce('No. ' || p_request.shot || ': ', '') || v_problem,
      hint = 'See the comments of video.generations, and video.model_limits for what a model makes.';
  end if;
end;
$$;
