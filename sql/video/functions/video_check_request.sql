-- Refuses a request whose words are out of bounds: PT400 input_invalid.
create function private.video_check_request(p_request video.generations)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_problem text;
begin
  if char_length(btrim(coalesce(p_request.prompt, ''))) not between 1 and 5000 then
    v_problem := 'prompt must have 1 to 5000 characters.';
  elsif not exists (
    select 1
    from public.metered_operations as m
    where m.operation = 'video.generate' and m.variant = p_request.model and m.is_active
  ) then
    v_problem := 'model must be a variant of video.generate in the price book, e.g. veo-2 or veo-fast.';
  elsif p_request.aspect_ratio !~ '^[1-9][0-9]?:[1-9][0-9]?$' then
    v_problem := 'aspect_ratio must be like 16:9.';
  elsif p_request.resolution !~* '^([1-9][0-9]{2,3}p|[2-8]k|[1-9][0-9]{2,3}x[1-9][0-9]{2,3})$' then
    v_problem := 'resolution must be like 720p, 4k or 1280x720.';
  elsif p_request.mode !~ '^[A-Za-z0-9 _-]{1,50}$' then
    v_problem := 'mode must have 1 to 50 letters, digits, spaces, - or _.';
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = v_problem,
      hint = 'See the comments of video.generations and quote() for the models.';
  end if;
end;
$$;
