begin;
select plan(3);

insert into cron.job_run_details (jobid, end_time)
values (1, now() - interval '8 days'), (2, now() - interval '6 days');
insert into private.provider_tasks (provider, external_id, created_at)
values ('p', 'old', now() - interval '8 days'), ('p', 'new', now() - interval '6 days');
select private.purge_history();

select results_eq(
  $$ select external_id from private.provider_tasks where provider = 'p' $$, $$ values ('new') $$,
  'of callbacks that nobody waited for'
);
select is_empty('select 1 from cron.job_run_details where jobid = 1', 'and of the schedule''s runs');
select isnt_empty('select 1 from cron.job_run_details where jobid = 2', 'not less');

select * from finish();
rollback;
