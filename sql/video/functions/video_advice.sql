-- Advice of one area of the rubric as improvements; null advice is none.
create function private.video_advice(p_area text, p_advice text[])
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(jsonb_build_object('area', p_area, 'advice', a.advice) order by a.n), '[]'::jsonb
  )
  from unnest(p_advice) with ordinality as a (advice, n)
  where a.advice is not null;
$$;
