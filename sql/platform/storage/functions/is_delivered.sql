-- Whether a file of the bucket results was delivered to the caller: a completed job
-- of theirs names it. Before that it is the worker's, or whoever cancels at the right
-- moment would have the work for nothing.
create function private.is_delivered(p_name text)
returns boolean
language plpgsql
stable
security definer            -- looks into jobs whatever the policies say
set search_path = ''
as $$
declare
  v_subject_id text := split_part(p_name, '/', 2);
begin
  return private.is_uuid(v_subject_id) and exists (
    select 1
    from public.jobs as j
    where j.subject_id = v_subject_id::uuid and j.user_id = private.user_id()
      and j.status = 'completed'
      and j.result -> 'files' @> jsonb_build_array(jsonb_build_object('path', p_name))
  );
end;
$$;
grant execute on function private.is_delivered(text) to authenticated;
