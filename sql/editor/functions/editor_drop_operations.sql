-- Operations that are deleted, with their image or alone: open jobs end, their
-- holds return, their files are removed.
create function private.editor_drop_operations()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  -- Without waiting: an image comes before its operations in the lock order, and who
  -- has it locked now sets its status as well.
  with image as (
    select i.id
    from editor.images as i
    where i.id in (select o.image_id from dropped as o where o.status in ('pending', 'processing'))
    for no key update skip locked
  )
  update editor.images as i
  set processing_status = private.editor_image_status(
    i.id, case when i.processed_url is null then 'pending' else 'completed' end
  )
  where i.id in (select m.id from image as m);
  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as o
        on o.id = j.subject_id and o.user_id = j.user_id and j.type = 'editor.' || o.operation_type
      where j.finished_at is null
    ),
    'The image was deleted.'
  );
  for v_user in
    select o.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as o
    cross join lateral jsonb_array_elements(coalesce(o.output_data -> 'files', '[]'::jsonb)) as f
    group by o.user_id
    order by o.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  return null;
end;
$$;
