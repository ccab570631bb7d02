-- Locks what jobs stand on: the images, by id.
create function private.staging_lock_images(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = 'force_generic_plan'  -- else planned anew each time: a job locks twice
as $$
begin
  perform 1
  from staging.images as i
  where i.id in (select j.subject_id from unnest(p_jobs) as j)
  order by i.id
  for no key update;
end;
$$;
