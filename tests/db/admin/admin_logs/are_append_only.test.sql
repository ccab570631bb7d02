-- By nobody, the owner included.
begin;
select plan(4);

insert into public.admin_logs (action) values ('test');
select throws_ok('update public.admin_logs set action = ''other''', 'PT403', 'ledger_append_only', 'not changed');
select throws_ok('delete from public.admin_logs', 'PT403', 'ledger_append_only', 'not deleted');
select throws_ok('truncate public.admin_logs', 'PT403', 'ledger_append_only', 'not emptied');
select results_eq('select action from public.admin_logs', $$ values ('test') $$, 'it is as it was');

select * from finish();
rollback;
