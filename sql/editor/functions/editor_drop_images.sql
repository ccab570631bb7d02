-- Images that are deleted: their uploads go too, unless another image shows them.
create function private.editor_drop_images()
returns trigger
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
begin
  for v_user in
    select d.user_id, array_agg(d.upload_path) as paths
    from dropped as d
    where d.upload_path is not null
      and not exists (
        select 1
        from editor.images as i
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
