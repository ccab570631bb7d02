-- Locks what operations' jobs stand on: the images, then the operations, by id.
create function private.editor_lock_operations(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from editor.images as i
  where i.id in (
    select o.image_id
    from editor.image_operations as o
    join unnest(p_jobs) as j on j.subject_id = o.id
  )
  order by i.id
  for no key update;
  perform 1
  from editor.image_operations as o
  where o.id in (select j.subject_id from unnest(p_jobs) as j)
  order by o.id
  for no key update;
end;
$$;
