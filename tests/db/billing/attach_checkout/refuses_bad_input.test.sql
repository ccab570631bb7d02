begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999);
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
values (
  '22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001',
  '11111111-0000-4000-8000-000000000001', 'key-1', 50, 999, 'usd'
);
select throws_ok(
  $$ select private.attach_checkout('11111111-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test') $$,
  'PT404', 'checkout_not_found', 'an unknown checkout'
);
select throws_ok(
  $$ select private.attach_checkout(null, 'cs_1', 'https://pay.test') $$, 'PT404', 'checkout_not_found', 'none'
);
select throws_ok(
  $$ select private.attach_checkout('22222222-0000-4000-8000-000000000001', null, 'https://pay.test') $$,
  'PT400', 'argument_missing', 'no session'
);
select throws_ok(
  $$ select private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_1', '') $$, 'PT400',
  'argument_missing', 'no address'
);
select throws_ok(
  $$ select private.attach_checkout('22222222-0000-4000-8000-000000000001', repeat('c', 256), 'https://pay.test') $$,
  'PT400', 'argument_too_long', 'a long session'
);
select throws_ok(
  format('select private.attach_checkout(''22222222-0000-4000-8000-000000000001'', ''cs_1'', ''https://pay.test'', %L)', c.customer),
  'PT400', c.word, c.what
)
from (
  values ('a customer without a name', ' ', 'argument_missing'), ('a long customer', repeat('c', 256), 'argument_too_long')
) as c (what, customer, word);

select * from finish();
rollback;
