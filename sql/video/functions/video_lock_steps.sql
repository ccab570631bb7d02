-- Locks the steps of tool chains by id, behind their runs, and these behind what the
-- generation that a step makes will name: a foreign key that waited for a deletion
-- later, with the lane locked, would be part of a deadlock.
create function private.video_lock_steps(p_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = 'force_generic_plan'  -- else planned anew each time: a job locks twice
as $$
declare
  v_named uuid[] := array(
    select n.id::uuid
    from video.tool_chain_steps as s
    cross join lateral (
      values
        (s.request ->> 'style_preset_id'), (s.request ->> 'tool_configuration_id'),
        (s.request ->> 'brand_guidelines_id')
    ) as n (id)
    where s.id = any (p_ids) and n.id is not null
  );
begin
  if cardinality(v_named) > 0 then
    perform 1 from video.style_presets as s where s.id = any (v_named) order by s.id for key share;
    perform 1 from video.tool_configurations as t where t.id = any (v_named) order by t.id for key share;
    perform 1 from video.brand_guidelines as b where b.id = any (v_named) order by b.id for key share;
  end if;
  perform 1
  from video.tool_chain_runs as r
  where r.id in (select s.run_id from video.tool_chain_steps as s where s.id = any (p_ids))
  order by r.id
  for no key update;
  perform 1
  from video.tool_chain_steps as s
  where s.id = any (p_ids)
  order by s.id
  for no key update;
end;
$$;
