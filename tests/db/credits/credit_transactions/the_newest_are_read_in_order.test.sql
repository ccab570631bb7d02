begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus') from generate_series(1, 3000);
analyze public.credit_transactions;
create function pg_temp.plan(p_query text) returns text language plpgsql as $f$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (costs off) ' || p_query loop
    v_plan := v_plan || v_line || e'\n';
  end loop;
  return v_plan;
end;
$f$;
grant execute on function pg_temp.plan(text) to authenticated;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
-- Who has thousands of them reads twenty, not all and sorts them.
select unalike(
  pg_temp.plan(format(
    $$ select * from %I.credit_transactions where user_id = 'aaaaaaaa-0000-4000-8000-000000000001' order by created_at desc limit 20 $$,
    s.name
  )),
  '%Sort%',
  s.name
)
from (values ('video'), ('editor'), ('social')) as s (name);

select * from finish();
rollback;
