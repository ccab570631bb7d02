begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase', 'Bought', '{"package": "starter"}');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'A reply', '{"model": "openai/gpt-4o"}');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'refund');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 5, 'purchase');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select transaction_type, credits_amount, credits_balance_after, reason, metadata ->> 'model'
    from social.credit_transactions order by created_at
  $$,
  $$
    values
      ('purchase', 100, 100, 'Bought', null),
      ('deduction', -30, 70, 'A reply', 'openai/gpt-4o'),
      ('deduction', -100, 0, null, null)
  $$,
  'one''s own, and a debt is no negative balance'
);
select throws_ok(
  $$
    insert into social.credit_transactions (user_id, credits_amount, credits_balance_after, reason)
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1000, 1000, 'A gift')
  $$,
  '42501', null, 'nobody adds a transaction'
);
select throws_ok('update social.credit_transactions set credits_amount = 1', '42501', null, 'nor changes one');
select throws_ok('delete from social.credit_transactions', '42501', null, 'nor deletes one');
select tests.authenticate_as_service();
select throws_ok('update social.credit_transactions set reason = null', '42501', null, 'nor does the service');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.credit_transactions', '42501', null, 'anon sees none');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from social.credit_transactions), 4::bigint, 'an admin sees all');

select * from finish();
rollback;
