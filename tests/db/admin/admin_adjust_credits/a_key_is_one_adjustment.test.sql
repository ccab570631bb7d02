begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select public.admin_adjust_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'A gift', 'k1');

select is(
  (public.admin_adjust_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'A gift', 'k1')).balance_after, 10, 'repeated, it is the same one'
);
select throws_ok(
  $$ select public.admin_adjust_credits('aaaaaaaa-0000-4000-8000-000000000001', 11, 'A gift', 'k1') $$, 'PT409', 'idempotency_key_reused', 'for another amount it is refused'
);
select is((select a.balance from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'), 10, 'given once');

select * from finish();
rollback;
