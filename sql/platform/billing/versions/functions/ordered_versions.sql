-- All versions of an object in their order: rank, second, what each changed, event
-- id. A fetched version comes after all of its second. Versions of one second that
-- say the same are one state; states are put in order by what their events changed,
-- step by step. is_decided: it is known of every other state of the second whether
-- it came before or after this one.
create function private.ordered_versions(p_source text, p_type text, p_id text)
returns table (
  n bigint, event_id text, event_type text, created timestamptz, rank smallint, object jsonb, is_decided boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = p_type and v.object_id = p_id and not v.is_synthetic
    group by v.rank, v.created
    having count(*) > 1
  ) then
    return query
      select
        row_number() over (order by v.rank, v.created, v.is_synthetic, v.event_id),
        v.event_id, v.event_type, v.created, v.rank, v.object, true
      from private.billing_versions as v
      where v.source = p_source and v.type = p_type and v.object_id = p_id;
    return;
  end if;
  return query
    with recursive version as materialized (
      select
        v as row, v.event_id, v.event_type, v.created, v.rank, v.is_synthetic, v.object,
        count(*) over (partition by v.rank, v.created, v.is_synthetic) as twins
      from private.billing_versions as v
      where v.source = p_source and v.type = p_type and v.object_id = p_id
    ),
    twin as materialized (
      select
        t.*,
        dense_rank() over (
          order by t.rank, t.created, private.version_facts(p_source, p_type, t.object)
        ) as state
      from version as t
      where t.twins > 1 and not t.is_synthetic
    ),
    step as (
      select distinct a.state as first, b.state as other
      from twin as a
      join twin as b on b.rank = a.rank and b.created = a.created and b.state <> a.state
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
    place as (
      select
        t.event_id,
        (select count(*) from before as b where b.other = t.state) as place,
        (select count(*) from before as b where t.state in (b.first, b.other))
          = (
            select count(distinct o.state) - 1
            from twin as o
            where o.rank = t.rank and o.created = t.created
          ) as is_decided
      from twin as t
    )
    select
      row_number() over (
        order by v.rank, v.created, v.is_synthetic, coalesce(p.place, 0), v.event_id
      ),
      v.event_id, v.event_type, v.created, v.rank, v.object, coalesce(p.is_decided, true)
    from version as v
    left join place as p on p.event_id = v.event_id;
end;
$$;
