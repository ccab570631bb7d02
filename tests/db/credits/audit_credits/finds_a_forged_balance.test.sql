begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus');
update public.credit_accounts set balance = 1000 where user_id = 'aaaaaaaa-0000-4000-8000-000000000001';

select results_eq(
  'select user_id, problem, expected, actual from private.audit_credits() order by problem',
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'balance is not the sum of its lots', 10::bigint, 1000::bigint),
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'transactions do not sum to balance + held - debt', 10::bigint, 1000::bigint)
  $$,
  'and says of whom, what and how much'
);
select is_empty(
  $$ select * from private.audit_credits('bbbbbbbb-0000-4000-8000-000000000002') $$, 'another account is sound'
);
select isnt_empty(
  $$ select * from private.audit_credits('aaaaaaaa-0000-4000-8000-000000000001') $$,
  'one account can be asked for'
);

select * from finish();
rollback;
