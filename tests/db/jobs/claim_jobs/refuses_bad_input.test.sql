begin;
select plan(8);

select throws_ok(
  format('select * from private.claim_jobs(''worker-1'', %s)', l.n), 'PT400', 'limit_invalid',
  'a limit of ' || l.n
)
from unnest(array['null', '0', '-1', '1001']) as l (n);
select throws_ok('select * from private.claim_jobs(null)', 'PT400', 'argument_missing', 'no worker');
select throws_ok($$ select * from private.claim_jobs(' ') $$, 'PT400', 'argument_missing', 'a blank worker');
select throws_ok(
  $$ select * from private.claim_jobs(repeat('w', 201)) $$, 'PT400', 'argument_too_long', 'a long worker'
);
select is_empty($$ select * from private.claim_jobs('worker-1', 1000) $$, 'no work is no error');

select * from finish();
rollback;
