begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select is(public.claim_stripe_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1'), 'cus_1', 'the first');
select is(public.claim_stripe_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_2'), 'cus_1', 'stays');
select throws_ok(
  $$ select public.claim_stripe_customer('bbbbbbbb-0000-4000-8000-000000000002', 'cus_1') $$, 'PT409', 'customer_taken',
  'a customer is one user''s'
);
select throws_ok(
  $$ select public.claim_stripe_customer('bbbbbbbb-0000-4000-8000-000000000002', ' ') $$, 'PT400', 'argument_missing', 'no customer'
);
select throws_ok(
  format($$ select public.claim_stripe_customer(%L, 'cus_4') $$, id), 'PT404', 'user_not_found', name
)
from (values (null, 'no user'), (gen_random_uuid(), 'an unknown one')) as v (id, name);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.claim_stripe_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_3') $$, '42501', null, 'users claim nothing'
);

select * from finish();
rollback;
