begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, variant, unit, credits)
values ('test.work', '', 'second', 1.25), ('test.work', '4x', 'second', 3), ('test.work', 'free', 'second', 0);

select is(
  private.quote('test.work', null, 3),
  '{"operation": "test.work", "variant": "", "unit": "second", "quantity": 3, "unit_credits": 1.2500, "credits": 4}'::jsonb,
  'whole credits, rounded up'
);
select is(private.quote('test.work', '4x') -> 'credits', '3', 'one unit of a variant');
select is(private.quote('test.work', 'free', 10) -> 'credits', '0', 'free is free');
select is(
  (private.request_jobs(array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), null, 'test.work', null, 3)::private.job_request])).price,
  4, 'the gate charges the same'
);
select is((select h.amount from public.credit_holds as h), 4, 'and holds it');
select is(
  (private.request_jobs(array[row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), null, 'test.work', 'free', 1)::private.job_request])).hold_id,
  null, 'what costs nothing holds nothing'
);

select * from finish();
rollback;
