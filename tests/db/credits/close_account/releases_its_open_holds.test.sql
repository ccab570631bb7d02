begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 3);
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001', now());
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '1 day');

select results_eq(
  'select balance, held, closed_at from public.credit_accounts', 'values (10, 0, now())',
  'closed once, for good'
);
select results_eq(
  'select distinct status from public.credit_holds', $$ values ('released') $$, 'nothing is held'
);

select * from finish();
rollback;
