begin;
select plan(6);

create function pg_temp.share(p_start text, p_end text, p_interval text, p_count integer default 1) returns numeric language sql as $$
  select round(private.period_share(p_start::timestamptz, p_end::timestamptz, p_interval, p_count), 4);
$$;
select is(pg_temp.share('2026-02-15Z', '2026-03-01Z', 'month'), 0.5, 'half of February');
select is(pg_temp.share('2026-03-16 12:00Z', '2026-04-01Z', 'month'), 0.5, 'half of March');
select is(pg_temp.share('2026-02-01Z', '2026-04-01Z', 'month', 3), 0.6556, '59 of the 90 days of a quarter');
select is(pg_temp.share('2026-01-01Z', '2026-04-01Z', 'month'), 1.0, 'never more than all');
select is(pg_temp.share('2026-04-01Z', '2026-04-01Z', 'month'), 0.0, 'nothing of nothing');
set local timezone to 'America/New_York';
select is(pg_temp.share('2026-03-16 12:00Z', '2026-04-01Z', 'month'), 0.5, 'whatever the session''s time zone');

select * from finish();
rollback;
