-- The same for files of several users, a job a user: p_user_ids and p_paths go in
-- pairs, and a null path is none.
create function private.remove_files_of(p_bucket text, p_user_ids uuid[], p_paths text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_user record;
begin
  for v_user in
    select f.user_id, array_agg(f.path) as paths
    from unnest(p_user_ids, p_paths) as f (user_id, path)
    where f.path is not null
    group by f.user_id
    order by f.user_id
  loop
    perform private.remove_files(v_user.user_id, p_bucket, v_user.paths);
  end loop;
end;
$$;
