begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (code, name, credits, unit_amount, currency, is_active, sort_order)
values ('old', 'Old', 1, 1, 'usd', false, 9), ('euro', 'Euro', 1, 1, 'eur', true, 9);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select name, credits, price, is_active, sort_order from video.pricing_tiers order by sort_order',
  $$
    values ('Starter', 100, 9.99, true, 1), ('Creator', 500, 39.99, true, 2), ('Pro', 1500, 99.99, true, 3),
      ('Enterprise', 5000, 299.99, true, 4)
  $$,
  'those for sale, and no other currency as dollars'
);
select throws_ok('update video.pricing_tiers set price = 0', '0A000', null, 'no user changes a price');
select throws_ok('update video.pricing_tiers set credits = 0', '42501', null, 'nor what it gives');
select throws_ok($$ insert into video.pricing_tiers (name) values ('x') $$, '42501', null, 'nor adds a tier');
select throws_ok('delete from video.pricing_tiers', '42501', null, 'nor deletes one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from video.pricing_tiers', '42501', null, 'anon is not signed in');

select * from finish();
rollback;
