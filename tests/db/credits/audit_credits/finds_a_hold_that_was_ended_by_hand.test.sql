begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
update public.credit_holds set status = 'released', ended_at = now();

select set_eq(
  'select problem from private.audit_credits()',
  array['held is not the sum of open holds and frozen lots', 'lots hold other than open holds do'],
  'its credits came back to nobody'
);

select * from finish();
rollback;
