-- What a monthly limit counts in, whatever period the subscription is paid by.
begin;
select plan(17);

set local timezone to 'America/New_York';
create function pg_temp.period(p_start text, p_end text, p_now text) returns text language sql as $$
  select to_char(l.starts_at at time zone 'UTC', 'YYYY-MM-DD') || ' ' || to_char(l.ends_at at time zone 'UTC', 'YYYY-MM-DD')
  from private.limit_period((p_start || ' 01:00Z')::timestamptz, (p_end || ' 01:00Z')::timestamptz, (p_now || ' 12:00Z')::timestamptz) as l;
$$;

select is(pg_temp.period('2026-01-31', '2026-02-28', '2026-02-10'), '2026-01-31 2026-02-28', 'a month is counted whole');
select is(pg_temp.period('2026-01-31', '2026-03-02', '2026-03-01'), '2026-01-31 2026-03-02', 'so are 30 days over a short February');
select is(pg_temp.period('2026-11-20', '2026-11-27', '2026-11-26'), '2026-11-20 2026-11-27', 'and a week');
select is(pg_temp.period('2026-01-15', '2027-01-15', '2026-01-20'), '2026-01-15 2026-02-15', 'a year has twelve: the first');
select is(pg_temp.period('2026-01-15', '2027-01-15', '2026-08-14'), '2026-07-15 2026-08-15', 'the seventh, on its last day');
select is(pg_temp.period('2026-01-15', '2027-01-15', '2026-08-15'), '2026-08-15 2026-09-15', 'the eighth, on its first');
select is(pg_temp.period('2026-01-15', '2027-01-15', '2027-01-14'), '2026-12-15 2027-01-15', 'the last');
select is(pg_temp.period('2026-01-31', '2027-01-31', '2026-02-28'), '2026-02-28 2026-03-31', 'from a 31st, by the ends of months');
select is(pg_temp.period('2026-02-01', '2026-05-02', '2026-05-01'), '2026-04-01 2026-05-02', '90 days are three months, without a rest');
select is(pg_temp.period('2026-01-01', '2026-12-31', '2026-12-30'), '2026-12-01 2026-12-31', '364 days are a year');
select is(pg_temp.period('2026-01-15', '2026-02-15', '2026-02-15'), '2026-02-15 2026-03-15', 'a renewal that is not told yet: the next month');
select is(pg_temp.period('2026-01-15', '2026-02-15', '2026-06-20'), '2026-06-15 2026-07-15', 'or a later one');
select is(pg_temp.period('2026-11-06', '2026-11-13', '2026-11-21'), '2026-11-20 2026-11-27', 'or a later week');
select is(pg_temp.period('2026-01-15', '2027-01-15', '2027-02-20'), '2027-02-15 2027-03-15', 'or a later year''s');
select is(pg_temp.period('2026-01-15', '2026-02-15', '2026-01-10'), '2026-01-15 2026-02-15', 'one that is to begin');
select is(pg_temp.period('2026-01-15', '2026-01-15', '2026-02-20'), '2026-02-15 2026-03-15', 'one that has no length');
-- Every moment of a year has one period, and they follow each other without a gap.
select is_empty(
  $$
    with moment as (
      select l.starts_at, l.ends_at, lag(l.ends_at) over (order by m.at) as before, m.at
      from generate_series('2026-01-31 00:00Z'::timestamptz, '2027-01-30 23:00Z', '7 hours') as m (at)
      cross join lateral private.limit_period('2026-01-31 00:00Z', '2027-01-31 00:00Z', m.at) as l
    )
    select * from moment as m
    where not (m.at >= m.starts_at and m.at < m.ends_at) or m.before not in (m.starts_at, m.ends_at)
  $$,
  'without gaps'
);

select * from finish();
rollback;
