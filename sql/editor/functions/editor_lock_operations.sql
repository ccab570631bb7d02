-- Locks what operations' jobs stand on: the images, their pipelines, then the
-- operations, by id.
create function private.editor_lock_operations(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = 'force_generic_plan'  -- else planned anew each time: a job locks twice
as $$
declare
  v_ids uuid[] := array(select j.subject_id from unnest(p_jobs) as j);
begin
  perform 1
  from editor.images as i
  where i.id in (select o.image_id from editor.image_operations as o where o.id = any (v_ids))
  order by i.id
  for no key update;
  perform 1
  from editor.image_pipelines as p
  where p.id in (select o.pipeline_id from editor.image_operations as o where o.id = any (v_ids))
  order by p.id
  for no key update;
  perform 1
  from editor.image_operations as o
  where o.id = any (v_ids)
  order by o.id
  for no key update;
end;
$$;
