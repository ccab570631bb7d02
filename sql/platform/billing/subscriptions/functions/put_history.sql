-- Writes a subscription's history from its versions: a row for each run of versions
-- with one status and plan, in their order. A row's id is its place, so that a row
-- that says the same stays the same. Answers a price of them that sells no plan.
create function private.put_history(p_source text, p_id text, p_user_id uuid)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_missing text;
begin
  with version as materialized (
    select o.n, f.price_id, o.created, o.rank, f.status, f.canceled_at, f.ended_at, (private.plan_of_price(f.price_id)).id as plan_id
    from private.ordered_versions(p_source, 'subscription', p_id) as o
    cross join lateral private.read_subscription(p_source, o.object) as f
  ),
  step as (
    select
      v.*,
      (v.status, v.plan_id) is distinct from (lag(v.status) over w, lag(v.plan_id) over w)
        or v.n = 1 as is_new
    from version as v
    window w as (order by v.n)
  ),
  numbered as (
    select s.*, count(*) filter (where s.is_new) over (order by s.n) as run from step as s
  ),
  run as (
    select
      r.run,
      (array_agg(r.status order by r.n desc))[1] as status,
      (array_agg(r.plan_id order by r.n desc))[1] as plan_id,
      (array_agg(r.created order by r.n))[1] as started_at,
      (array_agg(r.canceled_at order by r.n desc))[1] as canceled_at,
      (array_agg(case when r.rank = 3 then coalesce(r.ended_at, r.created) end order by r.n desc))[1] as ended_at
    from numbered as r
    group by r.run
  ),
  row as (
    select
      md5(format('%s:%s:%s', p_source, p_id, r.run))::uuid as id,
      r.plan_id, r.status, r.started_at, r.canceled_at,
      coalesce(lead(r.started_at) over (order by r.run), r.ended_at) as ended_at
    from run as r
  ),
  gone as (
    delete from public.subscription_history as h
    where h.subscription_id = p_id and not exists (select 1 from row as r where r.id = h.id)
  ),
  put as (
    insert into public.subscription_history as h (
      id, user_id, subscription_id, plan_id, status, started_at, ended_at, canceled_at, created_at
    )
    select r.id, p_user_id, p_id, r.plan_id, r.status, r.started_at, r.ended_at, r.canceled_at, r.started_at
    from row as r
    on conflict (id) do update
    set
      plan_id = excluded.plan_id,
      status = excluded.status,
      started_at = excluded.started_at,
      ended_at = excluded.ended_at,
      canceled_at = excluded.canceled_at,
      created_at = excluded.created_at
    where (h.plan_id, h.status, h.started_at, h.ended_at, h.canceled_at)
      is distinct from (
        excluded.plan_id, excluded.status, excluded.started_at, excluded.ended_at, excluded.canceled_at
      )
  )
  select min(v.price_id) into v_missing from version as v where v.plan_id is null;
  return v_missing;
end;
$$;
