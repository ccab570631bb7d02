create function private.enqueue_removal(p_user_id uuid, p_bucket text, p_paths text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- Only what is there: an invented name is no work.
  v_paths text[] := array(
    select o.name
    from storage.objects as o
    where o.bucket_id = p_bucket and o.name = any (p_paths)
    order by o.name
  );
begin
  if cardinality(v_paths) = 0 then
    return;
  end if;
  perform private.add_to_lane('storage.remove_files', p_user_id, 1, 0::smallint, now());
  insert into public.jobs (user_id, type, payload, max_attempts, deadline, due_at)
  select
    p_user_id, t.type, jsonb_build_object('bucket', p_bucket, 'paths', to_jsonb(v_paths)),
    t.max_attempts, now() + t.deadline, now() + t.deadline
  from public.job_types as t
  where t.type = 'storage.remove_files';
end;
$$;
