begin;
select plan(2);

select is_empty('select private.request_jobs(null)', 'null');
select is_empty($$ select private.request_jobs('{}') $$, 'an empty array');

select * from finish();
rollback;
