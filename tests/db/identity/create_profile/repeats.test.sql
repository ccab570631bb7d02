begin;
select plan(2);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select is(
  (private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'other@example.com')).email,
  'ann@example.com', 'a profile is made once'
);
select is((select a.balance from public.credit_accounts as a), 100, 'and credits granted once');

select * from finish();
rollback;
