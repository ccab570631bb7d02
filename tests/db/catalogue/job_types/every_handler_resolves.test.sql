begin;
select plan(3);

select is_empty(
  $$
    select t.type, h.name
    from public.job_types as t
    cross join lateral (
      values
        (t.lock_subject, '(public.jobs[])'), (t.on_start, '(public.jobs)'), (t.on_success, '(public.jobs)'),
        (t.on_failure, '(public.jobs)'), (t.on_cancel, '(public.jobs)')
    ) as h (name, arguments)
    where h.name is not null and to_regprocedure(h.name || h.arguments) is null
  $$,
  'of jobs'
);
select is_empty(
  $$
    select 1
    from private.retire_handlers where to_regprocedure(handler || '(uuid)') is null
  $$, 'of users who leave'
);
select is_empty(
  $$
    select t.type
    from public.job_types as t where t.subject_table is not null and to_regclass(t.subject_table) is null
  $$,
  'the subjects'' tables exist'
);

select * from finish();
rollback;
