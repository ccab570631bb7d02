begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('boss@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where email = 'boss@example.com';
select private.set_setting('webhook_attempts', '1');
select tests.tell('refund.created', tests.refund('re_1', 250));
select private.set_setting('webhook_attempts', '9');
select tests.tell('invoice.paid', tests.invoice('[]'));
select tests.tell('product.created', '{"id": "prod_1", "name": "A"}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok('select * from public.admin_open_events()', 'PT403', 'admin_only', 'not to a user');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  'select event_type, object_id, status, waiting_for, next_attempt_at is null from public.admin_open_events()',
  $$ values ('refund.created', 're_1', 'failed', 'payment:pi_1', true), ('invoice.paid', 'in_1', 'waiting', 'customer:cus_1', false) $$,
  'to an admin, what was given up first'
);
select throws_ok('select * from public.admin_open_events(0)', 'PT400', 'limit_invalid', 'with a limit');
select throws_ok('select * from public.admin_open_events(null)', 'PT400', 'limit_invalid', 'that is a number');

select * from finish();
rollback;
