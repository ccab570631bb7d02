begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', p_expires_at => now() + interval '1 day'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
select results_eq(
  'select remaining from public.credit_lots order by seq', 'values (10), (6)',
  'what was given burns first, though what was paid expires sooner'
);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 8);
select results_eq(
  'select remaining from public.credit_lots order by seq', 'values (8), (0)', 'also over two lots'
);

select * from finish();
rollback;
