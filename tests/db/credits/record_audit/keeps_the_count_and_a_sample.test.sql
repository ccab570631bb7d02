begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select is(private.record_audit(), 0, 'a sound ledger has no findings');
update public.credit_accounts set balance = 11 where user_id = 'aaaaaaaa-0000-4000-8000-000000000001';
select is(private.record_audit(), 2, 'a forged one has');
select results_eq(
  'select findings, jsonb_array_length(sample) from private.credit_audits order by id', 'values (0, 0), (2, 2)',
  'both audits are kept'
);

select * from finish();
rollback;
