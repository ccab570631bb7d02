-- Supabase's grants on pg_cron: `postgres` schedules by its functions and reads
-- cron.job, which row level security limits to the caller's own jobs.
grant usage on schema cron to {{owner}} with grant option;
grant all on all functions in schema cron to {{owner}} with grant option;
grant all on all tables in schema cron to {{owner}} with grant option;
revoke all on table cron.job from {{owner}};
grant select on table cron.job to {{owner}} with grant option;
