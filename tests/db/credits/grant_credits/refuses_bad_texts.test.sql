begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select private.grant_credits(null, 1, 'bonus') $$, 'PT400', 'argument_missing', 'no user'
);
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_idempotency_key => '') $$,
  'PT400', 'idempotency_key_invalid', 'an empty key'
);
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_idempotency_key => repeat('k', 256)) $$,
  'PT400', 'idempotency_key_invalid', 'a key of 256 characters'
);
select lives_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_idempotency_key => repeat('k', 255)) $$,
  'a key of 255 characters'
);
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', repeat('d', 1001)) $$,
  'PT400', 'argument_too_long', 'a description of 1001 characters'
);
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_metadata => '[1]') $$,
  'PT400', 'metadata_invalid', 'metadata that is an array'
);
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_metadata => jsonb_build_object('k', repeat('m', 17000))) $$,
  'PT400', 'metadata_invalid', 'metadata of 17 kB'
);
select is((select a.balance from public.credit_accounts as a), 1, 'only what was taken is there');

select * from finish();
rollback;
