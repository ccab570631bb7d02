begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 16);
create temporary table hold as select h.id from public.credit_holds as h;

select private.capture_hold(id, 4, false, 'shot-1') from hold;
select results_eq(
  'select held, spent from public.credit_lots order by seq', 'values (6, 0), (6, 4)', 'the first taken first'
);
select private.capture_hold(id, 8, false, 'shot-2') from hold;
select results_eq(
  'select held, spent from public.credit_lots order by seq', 'values (4, 2), (0, 10)', 'then the next'
);
select private.capture_hold(id, 1, true, 'shot-3') from hold;
select results_eq(
  'select remaining, held, spent from public.credit_lots order by seq', 'values (7, 0, 3), (0, 0, 10)',
  'the rest returns to where it was taken last'
);

select * from finish();
rollback;
