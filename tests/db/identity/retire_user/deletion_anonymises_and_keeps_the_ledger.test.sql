begin;
select plan(5);

select tests.create_user('ann@example.com', '{"full_name": "Ann Ash"}', 'aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles
set first_name = 'Ann', last_name = 'Ash', company = 'Ash', phone = '1', avatar_url = 'a', role = 'admin', auth0_sub = 'auth0|x';
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  $$
    select email, full_name, first_name, last_name, company, phone, avatar_url, auth0_sub, role, is_active, deleted_at
    from public.profiles where id = 'aaaaaaaa-0000-4000-8000-000000000001'
  $$,
  $$
    values (null::text, null::text, null::text, null::text, null::text, null::text, null::text, null::text, 'user',
      false, now())
  $$,
  'nothing personal is left'
);
select unalike((select p.username from public.profiles as p), '%ann%', 'nor in the username');
select is((select count(*) from public.credit_transactions), 2::bigint, 'the ledger stays');
select is((select a.closed_at from public.credit_accounts as a), now(), 'the account is closed');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
