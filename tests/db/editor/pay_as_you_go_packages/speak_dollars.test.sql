begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.credit_packages set is_active = false where code = 'enterprise';
select tests.authenticate_as_anon();
select results_eq(
  'select name, credits, price, is_active from editor.pay_as_you_go_packages order by sort_order',
  $$ values ('Starter', 100, 9.99, true), ('Creator', 500, 39.99, true), ('Pro', 1500, 99.99, true) $$,
  'what is for sale, for everyone'
);
select throws_ok('insert into editor.pay_as_you_go_packages (name) values (''x'')', '42501', null, 'anon writes none');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from editor.pay_as_you_go_packages), 3::bigint, 'a user sees the same');
select throws_ok('update editor.pay_as_you_go_packages set credits = 1000', '42501', null, 'and writes none');

select * from finish();
rollback;
