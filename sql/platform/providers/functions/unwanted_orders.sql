-- The jobs with an order at a provider that nobody wants any more.
create function private.unwanted_orders(
  p_now timestamptz default now(),
  p_limit integer default 1000
)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select k.job_id
  from private.provider_tasks as k
  where k.unwanted_at <= p_now and k.job_id is not null
  order by k.unwanted_at
  limit p_limit;
$$;
