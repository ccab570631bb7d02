begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'trial_grant');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 24);

select results_eq(
  'select lot_seqs, lot_amounts from public.credit_holds',
  $$ values ('{3,2,1}'::bigint[], '{10,10,4}'::integer[]) $$,
  'trial, bonus, purchase'
);

select * from finish();
rollback;
