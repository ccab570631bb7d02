begin;
select plan(1);

select private.set_setting('signup_credits', '0');
insert into public.job_types (type, deadline) values ('test.work', '10 minutes');
select tests.create_user(format('u%s@example.com', i), p_id => format('aaaaaaaa-0000-4000-8000-%s', lpad(i::text, 12, '0'))::uuid)
from generate_series(1, 26) as i;
select private.request_jobs(
  array[row(format('aaaaaaaa-0000-4000-8000-%s', lpad(i::text, 12, '0'))::uuid, 'test.work', gen_random_uuid(), '{}', null, null, 1)]::private.job_request[],
  case when i = 26 then now() else now() - interval '1 hour' end
)
from generate_series(1, 26) as i;

select is(
  (select count(*) from private.claim_jobs('w', 10, array['test.work'])), 1::bigint,
  'the live job behind 25 dead lanes is found at once'
);

select * from finish();
rollback;
