-- Where the price book has a model at a resolution: the model alone is its price at
-- 720p, "model:1080p" that at 1080p.
create function private.video_price_variant(p_model text, p_resolution text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when p_resolution = '720p' then p_model else p_model || ':' || p_resolution end;
end;
$$;
