-- Product rows that were deleted: their open jobs end, their holds return, the files
-- of their results go, and with them what a killed worker left.
create function private.drop_subjects(p_dropped private.dropped_subject[], p_reason text)
returns void
language plpgsql
security definer            -- jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_paths text[];
begin
  -- By user and type too: a subject's id is its user's to choose.
  perform private.cancel_jobs(
    array(
      select j.id
      from unnest(p_dropped) as d
      join public.jobs as j on j.subject_id = d.id and j.user_id = d.user_id and j.type = d.type
      where j.finished_at is null
    ),
    p_reason
  );
  select array_agg(r.user_id), array_agg(r.path)
  into v_user_ids, v_paths
  from (
    select d.user_id, f.value ->> 'path' as path
    from unnest(p_dropped) as d
    cross join lateral jsonb_array_elements(
      case when jsonb_typeof(d.files) = 'array' then d.files else '[]'::jsonb end
    ) as f
    where f.value ->> 'bucket' = 'results'
    union
    select d.user_id, l.name
    from unnest(p_dropped) as d
    cross join lateral private.left_files(d.user_id, d.id) as l (name)
  ) as r;
  perform private.remove_files_of('results', v_user_ids, v_paths);
end;
$$;
