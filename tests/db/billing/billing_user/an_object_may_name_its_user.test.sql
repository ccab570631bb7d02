begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select is(private.billing_user('stripe', 'cus_1'), null, 'a customer nobody told us of');
select is(
  private.billing_user('stripe', 'cus_1', '{"user_id": "aaaaaaaa-0000-4000-8000-000000000001"}'),
  'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'whom our functions wrote on it'
);
select is(private.billing_user('stripe', 'cus_1', '{"user_id": "bbbbbbbb-0000-4000-8000-000000000001"}'), null, 'nobody we have');
select is(private.billing_user('stripe', 'cus_1', '{"user_id": "1 or 1=1"}'), null, 'no id at all');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.attach_customer('bbbbbbbb-0000-4000-8000-000000000002', 'cus_1');
select is(
  private.billing_user('stripe', 'cus_1', '{"user_id": "aaaaaaaa-0000-4000-8000-000000000001"}'),
  'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'a customer that we know counts before what an object says'
);
select is(private.billing_user('whop', 'cus_1'), null, 'another provider''s customer is another');

select * from finish();
rollback;
