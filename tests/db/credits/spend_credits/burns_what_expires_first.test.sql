begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '2 days'
);
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 15);

select results_eq(
  'select seq, remaining from public.credit_lots order by seq',
  'values (1::bigint, 10), (2::bigint, 5), (3::bigint, 0)',
  'within a priority the next to expire goes first, what never expires last'
);

select * from finish();
rollback;
