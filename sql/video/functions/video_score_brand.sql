-- Brand compliance, of 100, null without a brand: less 25 for each don't that the
-- prompt speaks of; less up to 25 for the do's that it does not; less 10 for each
-- colour that is not of the palette, at most 20; less 10 when it has none of the tone.
create function private.video_score_brand(
  p_generation video.generations,
  p_brand video.brand_guidelines
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_prompt text := replace(lower(p_generation.prompt), 'gray', 'grey');
  v_donts text[];
  v_dos text[];
  v_palette text[];
  v_colors text[];
  v_has_tone boolean;
begin
  if p_brand.id is null then
    return null;
  end if;
  v_donts := array(
    select d.item from unnest(p_brand.dont_list) as d (item) where private.video_mentions(v_prompt, d.item)
  );
  v_dos := array(
    select d.item from unnest(p_brand.do_list) as d (item) where not private.video_mentions(v_prompt, d.item)
  );
  v_palette := array(select private.video_color_name(c.color) from unnest(p_brand.color_palette) as c (color));
  v_colors := array(
    select distinct m[1]
    from regexp_matches(
      v_prompt, '\m(black|white|grey|red|orange|yellow|green|teal|blue|purple|violet|pink|brown|gold|silver|turquoise)\M', 'g'
    ) as m
    where cardinality(v_palette) > 0
      -- "navy blue" in the palette covers "blue".
      and not exists (select 1 from unnest(v_palette) as p (name) where p.name ~ ('\m' || m[1] || '\M'))
    order by 1
  );
  v_has_tone := cardinality(p_brand.tone_of_voice) = 0 or exists (
    select 1 from unnest(p_brand.tone_of_voice) as t (item) where private.video_mentions(v_prompt, t.item)
  );
  return jsonb_build_object(
    'score',
    round(
      greatest(
        0,
        100
        - 25 * cardinality(v_donts)
        - 25.0 * cardinality(v_dos) / greatest(cardinality(p_brand.do_list), 1)
        - 10 * least(cardinality(v_colors), 2)
        - case when v_has_tone then 0 else 10 end
      ),
      1
    ),
    'improvements',
    private.video_advice(
      'brand',
      array(select format('Leave out "%s": it is on the don''t list.', d.item) from unnest(v_donts) as d (item))
      || array(select format('Bring in "%s": it is on the do list.', d.item) from unnest(v_dos) as d (item) limit 10)
      || array(select format('%s is not in the palette.', initcap(c.color)) from unnest(v_colors) as c (color))
      || case
        when not v_has_tone then
          format('Say the tone: %s.', private.video_words(to_jsonb(p_brand.tone_of_voice), 200))
      end
    )
  );
end;
$$;
