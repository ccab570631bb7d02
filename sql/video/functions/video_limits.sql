-- What a model can make at a resolution; without a row, 1 to 60 seconds and any ratio.
create function private.video_limits(p_model text, p_resolution text)
returns video.model_limits
language plpgsql
stable
set search_path = ''
as $$
declare
  v_limits video.model_limits;
begin
  select * into v_limits
  from video.model_limits as l
  where l.variant in (p_model, p_model || ':' || p_resolution)
  order by char_length(l.variant) desc
  limit 1;
  if not found then
    v_limits.seconds := array(select s from generate_series(1, 60) as s);
    v_limits.default_seconds := 8;
  end if;
  return v_limits;
end;
$$;
