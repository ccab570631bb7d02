-- What lies in the folder of a subject's results and no completed job has delivered: a
-- worker that was killed in mid-upload left it (<user>/<subject>/<token of its run>/…).
create function private.left_files(p_user_id uuid, p_subject_id uuid)
returns setof text
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
    select o.name
    from storage.objects as o
    where o.bucket_id = 'results'
      and o.name >= format('%s/%s/', p_user_id, p_subject_id)
      and o.name < format('%s/%s0', p_user_id, p_subject_id)
      and not exists (
        select 1
        from public.jobs as j
        where j.subject_id = p_subject_id and j.user_id = p_user_id and j.status = 'completed'
          and j.result -> 'files' @> jsonb_build_array(jsonb_build_object('path', o.name))
      );
end;
$$;
