begin;
select plan(29);

select set_eq(
  'select jobname from cron.job',
  array[
    'credits: expire lots', 'credits: expire holds', 'credits: audit', 'jobs: dispatch', 'jobs: reap',
    'jobs: purge history', 'storage: count', 'editor: expire images', 'billing: retry webhook events',
    'billing: purge payloads', 'billing: forget who left', 'billing: grant by the month', 'billing: catch up',
    'billing: reconcile', 'billing: low balances', 'billing: look again', 'notifications: write',
    'notifications: purge', 'providers: cancel orders'
  ],
  'what cron does'
);
-- Nothing is due here, so that a sweep commits nothing.
select lives_ok(j.command, j.jobname || ' runs') from cron.job as j order by j.jobname;
select isnt_empty(
  format(
    $$
      select 1 from pg_proc as p
      where p.oid::regproc::text = %L and p.proargtypes[0] = 'uuid'::regtype
        and p.pronargs - p.pronargdefaults <= 1
    $$,
    substring(j.command from 'perform (\S+)\(v_id\)')
  ),
  j.jobname || ' calls a function of an id'
)
from cron.job as j
where j.command like 'do %v_id%'
order by j.jobname;

select * from finish();
rollback;
