-- Images that are deleted, with their project or alone: open jobs end, their results
-- go, and their uploads too, unless another image shows them.
create function private.staging_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as d
        on d.id = j.subject_id and d.user_id = j.user_id and j.type = 'stage:run'
      where j.finished_at is null
    ),
    'The image was deleted.'
  );
  for v_user in
    select d.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as d
    cross join lateral jsonb_array_elements(coalesce(d.files, '[]'::jsonb)) as f
    group by d.user_id
    order by d.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  for v_user in
    select d.user_id, array_agg(d.upload_path) as paths
    from dropped as d
    where not exists (
      select 1
      from staging.images as i
      where i.user_id = d.user_id and i.upload_path = d.upload_path
    )
    group by d.user_id
    order by d.user_id
  loop
    perform private.remove_files(v_user.user_id, 'uploads', v_user.paths);
  end loop;
  return null;
end;
$$;
