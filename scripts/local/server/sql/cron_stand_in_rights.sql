-- The stand-in's functions are not security definers: who schedules writes the table.
grant usage on schema cron to {{owner}};
grant all on all functions in schema cron to {{owner}};
grant all on all tables in schema cron to {{owner}};
