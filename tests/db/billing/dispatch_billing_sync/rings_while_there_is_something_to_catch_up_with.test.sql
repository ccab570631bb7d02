begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select is(private.dispatch_billing_sync(), false, 'not otherwise');
insert into private.billing_objects (source, type, id, stale_since)
values ('stripe', 'subscription', 'sub_1', now());
select throws_ok(
  'select private.dispatch_billing_sync()', 'PT500', 'setting_missing', 'not in silence without an address'
);
select private.set_setting('functions_url', 'http://functions.test/v1');
select throws_ok(
  'select private.dispatch_billing_sync()', 'PT500', 'secret_missing', 'or without the secret'
);
select private.set_setting('worker_secret', 'sesame');
select is(private.dispatch_billing_sync(), true, 'an object has to be fetched');
select results_eq(
  $$
    select q.url, convert_from(q.body, 'utf8')::jsonb, q.headers ->> 'authorization'
    from net.http_request_queue as q
  $$,
  $$ values ('http://functions.test/v1/billing-sync', '{"task": "catch_up"}'::jsonb, 'Bearer sesame') $$,
  'the function is told what to do'
);
delete from private.billing_objects;
select is(private.dispatch_billing_sync(), false, 'it was');
insert into public.subscriptions (id, user_id, status) values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
select is(private.dispatch_billing_sync(), true, 'somebody left, and would still be charged');

select * from finish();
rollback;
