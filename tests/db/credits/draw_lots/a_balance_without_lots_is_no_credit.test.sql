begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
-- The ledger is wrong: its balance says ten, its lots have five.
update public.credit_lots set remaining = remaining - 5, spent = spent + 5;

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 8) $$, 'XX001', 'ledger_corrupt',
  'nothing is spent that no lot has'
);
select is_empty(
  $$ select 1 from public.credit_transactions where transaction_type = 'usage' $$, 'and nothing is booked'
);

select * from finish();
rollback;
