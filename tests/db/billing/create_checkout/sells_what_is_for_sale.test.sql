begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount, is_active)
values ('11111111-0000-4000-8000-000000000001', 'old', 'Old', 50, 999, false);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-1') $$, 'PT404',
  'package_not_found', 'not a package that is not active'
);
select throws_ok(
  $$ select public.create_checkout('22222222-0000-4000-8000-000000000001', 'key-1') $$, 'PT404',
  'package_not_found', 'nor an unknown one'
);
select throws_ok(
  $$ select public.create_checkout(null, 'key-1') $$, 'PT404', 'package_not_found', 'nor none'
);

select * from finish();
rollback;
