-- What every front end watches. A product adds its own tables.
select private.watch_table('public.profiles');
select private.watch_table('public.credit_accounts');
select private.watch_table('public.credit_transactions');
select private.watch_table('public.subscriptions');
select private.watch_table('public.jobs');
