-- What the provider must not show: the request's own words, then the brand's don't
-- list without its "don't". Null when there is nothing.
create function private.video_negative_prompt(p_generation video.generations)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_brand video.brand_guidelines := private.video_brand(p_generation);
begin
  if v_brand.id is null then
    return private.video_words(to_jsonb(p_generation.negative_prompt), 3000);
  end if;
  return private.video_words(
    to_jsonb(
      array_remove(array[nullif(p_generation.negative_prompt, '')], null) || array(
        select regexp_replace(d.item, '^\s*(never|don''?t|do not|no|avoid|without)\s+', '', 'i')
        from unnest(v_brand.dont_list) with ordinality as d (item, n)
        order by d.n
      )
    ),
    3000
  );
end;
$$;
