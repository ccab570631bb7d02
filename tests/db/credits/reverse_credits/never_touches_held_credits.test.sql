begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 8);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'refund', 1);

select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (0, 8, 8)', 'what is held stays held'
);
select lives_ok(
  'select private.capture_hold(h.id) from public.credit_holds as h', 'and the work under way is paid'
);
select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (0, 0, 8)', 'the debt stays'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
