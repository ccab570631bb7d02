-- Enqueues the removal of every file of a user, a thousand a job.
create function private.remove_all_files(p_user_id uuid)
returns void
language plpgsql
security definer            -- a system job of somebody's files
set search_path = ''
as $$
declare
  v_part record;
begin
  for v_part in
    select n.bucket_id, array_agg(n.name) as names
    from (
      select
        o.bucket_id, o.name,
        (row_number() over (partition by o.bucket_id order by o.name) - 1) / 1000 as part
      from storage.objects as o
      where o.bucket_id in ('uploads', 'results')
        and o.name >= p_user_id::text || '/' and o.name < p_user_id::text || '0'
    ) as n
    group by n.bucket_id, n.part
    order by n.bucket_id, n.part
  loop
    perform private.enqueue_removal(p_user_id, v_part.bucket_id, v_part.names);
  end loop;
end;
$$;
