begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);

select results_eq(
  'select remaining, spent from public.credit_lots order by seq', 'values (6, 4), (10, 0)',
  'of two that are alike the older goes first'
);

select * from finish();
rollback;
