begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(p.id, 10, 'bonus') from public.profiles as p;
insert into public.job_types (type) values ('test.cut'), ('test.paint');
update public.job_types set is_active = false where type = 'test.paint';
select throws_ok(
  $$
    select private.request_chains(array[
      row('aaaaaaaa-0000-4000-8000-000000000001', '55555555-0000-4000-8000-000000000001', '{}', array['test.cut'], array[1], 'a', '{}'),
      row('aaaaaaaa-0000-4000-8000-000000000001', '55555555-0000-4000-8000-000000000002', '{}', array['test.cut', 'test.paint'], array[1, 1], 'b', '{}')
    ]::private.job_chain[])
  $$,
  'PT400', 'job_type_unknown', 'a later step that nobody does'
);
update public.job_types set is_active = true;
create function pg_temp.detail(p_price integer) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform private.request_chains(array[
    row('aaaaaaaa-0000-4000-8000-000000000001', '55555555-0000-4000-8000-000000000001', '{}', array['test.cut', 'test.paint'], array[p_price, p_price], 'a', '{}'),
    row('aaaaaaaa-0000-4000-8000-000000000001', '55555555-0000-4000-8000-000000000002', '{}', array['test.paint'], array[1], 'b', '{}')
  ]::private.job_chain[]);
  return 'none';
exception when sqlstate 'PT402' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return v_detail;
end;
$$;
select is(pg_temp.detail(5), 'Needed 11, available 10, held 0, owed 0.', 'more than there is, told with the sum');
select is(
  pg_temp.detail(2000000000), 'Needed 2147483647, available 10, held 0, owed 0.', 'nor does a sum overflow'
);
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select throws_ok('select pg_temp.detail(1)', 'PT403', 'account_suspended', 'a suspended user');
select is_empty('select 1 from public.jobs', 'no job');
select is_empty('select 1 from public.credit_holds', 'no hold');
select is_empty('select 1 from private.job_lanes', 'and no lane');

select * from finish();
rollback;
