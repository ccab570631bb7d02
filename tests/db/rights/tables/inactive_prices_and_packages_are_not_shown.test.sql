begin;
select plan(5);

insert into public.metered_operations (operation, credits, is_active) values ('test.old', 1, false);
insert into public.credit_packages (code, name, credits, unit_amount, is_active)
values ('old', 'Old', 1, 1, false);
insert into public.job_types (type, is_active) values ('test.old', false);
select tests.authenticate_as_anon();
select is_empty($$ select 1 from public.metered_operations where operation = 'test.old' $$, 'to anon');
select is_empty($$ select 1 from public.credit_packages where code = 'old' $$, 'neither');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty($$ select 1 from public.metered_operations where operation = 'test.old' $$, 'to a user');
select is_empty($$ select 1 from public.credit_packages where code = 'old' $$, 'neither');
select is_empty($$ select 1 from public.job_types where type = 'test.old' $$, 'nor a type of job');

select * from finish();
rollback;
