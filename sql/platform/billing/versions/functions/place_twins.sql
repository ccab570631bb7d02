-- Puts the versions that events told of one second of an object in their order.
-- Those that say the same are one state; states are put in order by what their events
-- changed, step by step. A state is decided when it is known of every other whether it
-- came before or after.
create function private.place_twins(
  p_source text,
  p_type text,
  p_object_id text,
  p_rank smallint,
  p_created timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with recursive twin as materialized (
    select
      v as row, v.event_id,
      dense_rank() over (order by private.version_facts(p_source, p_type, v.object)) as state
    from private.billing_versions as v
    where v.source = p_source and v.type = p_type and v.object_id = p_object_id
      and v.rank = p_rank and v.created = p_created and not v.is_synthetic
  ),
  step as (
    select distinct a.state as first, b.state as other
    from twin as a
    join twin as b on b.state <> a.state
    where private.comes_before(a.row, b.row)
  ),
  way as (
    select s.first, s.other from step as s
    union
    select w.first, s.other from way as w join step as s on s.first = w.other
  ),
  -- A way back and forth says nothing.
  before as (
    select w.first, w.other
    from way as w
    where not exists (select 1 from way as x where x.first = w.other and x.other = w.first)
  ),
  placed as (
    select
      t.event_id,
      (select count(*) from before as b where b.other = t.state)::smallint as place,
      (select count(*) from before as b where t.state in (b.first, b.other))
        = (select max(o.state) - 1 from twin as o) as is_decided
    from twin as t
  )
  update private.billing_versions as v
  set place = p.place, is_decided = p.is_decided
  from placed as p
  where v.source = p_source and v.type = p_type and v.object_id = p_object_id and v.event_id = p.event_id
    and (v.place, v.is_decided) <> (p.place, p.is_decided);
end;
$$;
