-- The part of pg_cron that Tallybase uses, for databases without it: PGlite has
-- no background workers, and on a server pg_cron lives in one database only.
-- The stack's own scheduler (scripts/local/scheduler.ts) runs what is due.
create schema if not exists cron;

create table if not exists cron.job (
  jobid bigint generated always as identity primary key,
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default 5432,
  database text not null default current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text unique
);

create table if not exists cron.job_run_details (
  jobid bigint,
  runid bigint generated always as identity primary key,
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);

create or replace function cron.schedule(job_name text, schedule text, command text)
returns bigint
language sql
as $$
  insert into cron.job as j (jobname, schedule, command)
  values (job_name, schedule, command)
  on conflict (jobname) do update
  set schedule = excluded.schedule, command = excluded.command, active = true
  returning j.jobid;
$$;

create or replace function cron.unschedule(job_name text)
returns boolean
language plpgsql
as $$
begin
  delete from cron.job as j where j.jobname = job_name;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  return true;
end;
$$;
