begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format(
    'select private.finish_top_up(jsonb_populate_record(null::public.jobs, %L))', jsonb_build_object('result', c.result::jsonb)
  ),
  'PT422', 'result_invalid', c.what
)
from (
  values ('another word', '{"outcome": "maybe"}'), ('no word', '{}'), ('nothing', 'null')
) as c (what, result);

select * from finish();
rollback;
