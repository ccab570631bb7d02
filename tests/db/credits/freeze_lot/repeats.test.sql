begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now());

select is(
  (private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1, now() + interval '1 day')).seq, null,
  'a frozen lot is not frozen again'
);
select is((private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 9)).seq, null, 'and no lot is none');
select results_eq('select balance, held from public.credit_accounts', 'values (0, 10)', 'nothing moved twice');

select * from finish();
rollback;
