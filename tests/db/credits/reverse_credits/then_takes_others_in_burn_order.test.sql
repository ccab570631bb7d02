begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 2);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'refund', 3);

select results_eq(
  'select remaining, revoked from public.credit_lots order by seq', 'values (0, 8), (8, 2), (0, 10)',
  'its own, then bonus before purchase'
);
select is((select a.balance from public.credit_accounts as a), 8, 'the balance fell by all of it');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
