begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, p_idempotency_key => 'k');

select throws_ok(
  $$
    insert into public.credit_holds (user_id, amount, lot_seqs, lot_amounts, idempotency_key)
    select h.user_id, h.amount, h.lot_seqs, h.lot_amounts, h.idempotency_key from public.credit_holds as h
  $$,
  '23505', null, 'two holds never have one'
);

select * from finish();
rollback;
