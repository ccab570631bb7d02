begin;
select plan(3);

select throws_ok(
  format('select * from private.complete_jobs(%L)', c.body), 'PT400', 'batch_invalid', c.what
)
from (
  values
    ('a job that is no uuid', '[{"job_id": "one", "lock_token": "aaaaaaaa-0000-4000-8000-000000000001"}]'),
    ('a token that is no uuid', '[{"job_id": "aaaaaaaa-0000-4000-8000-000000000001", "lock_token": true}]')
) as c (what, body);
select results_eq(
  $$ select error from private.complete_jobs('[{}, 1]') $$,
  $$ values ('job_not_found'), ('job_not_found') $$,
  'what names no job is told so alone'
);

select * from finish();
rollback;
