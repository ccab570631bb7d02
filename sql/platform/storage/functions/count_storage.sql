-- What cron calls: writes each account's used storage, for the views that show it.
create function private.count_storage()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_changed integer;
begin
  with used as (
    select split_part(o.name, '/', 1) as owner, sum((o.metadata ->> 'size')::bigint) / 1048576.0 as mb
    from storage.objects as o
    where o.bucket_id in ('uploads', 'results')
    group by 1
  ),
  target as (
    select a.user_id, coalesce(u.mb, 0) as mb
    from public.credit_accounts as a
    left join used as u on u.owner = a.user_id::text
    where a.storage_used_mb is distinct from coalesce(u.mb, 0)
    order by a.user_id
    for no key update of a
  )
  update public.credit_accounts as a
  set storage_used_mb = t.mb
  from target as t
  where a.user_id = t.user_id;
  get diagnostics v_changed = row_count;
  return v_changed;
end;
$$;
