begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.set_setting('low_balance_threshold', '0');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 100, 'bonus');
create function pg_temp.told() returns integer language plpgsql as $$
begin
  perform private.handle_crossing(d) from private.due_crossings() as d;
  return (select count(*)::integer from public.notifications_outbox);
end;
$$;

select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 80);
select is(pg_temp.told(), 0, 'at the threshold nothing is told');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1);
select is(pg_temp.told(), 1, 'below it it is');
select is(
  (select n.kind || n.payload from public.notifications_outbox as n), 'low_balance{"balance": 19, "threshold": 20}', 'with the numbers'
);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select is(pg_temp.told(), 1, 'once');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select is(pg_temp.told(), 1, 'as long as it stays below');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 11, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1);
select is(pg_temp.told(), 2, 'a balance that rose is told when it falls again');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 11, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 20);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select is(pg_temp.told(), 2, 'one that rose before it could be told is not');
-- Every way down counts: a hold, a batch, an expiry, a reversal.
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, p_idempotency_key => 'hold');
select is(pg_temp.told(), 3, 'held credits cannot be spent');
select private.release_hold(h.id) from public.credit_holds as h;
select private.spend_credits_batch('[{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "amount": 95}]');
select is(pg_temp.told(), 4, 'a batch');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus', p_expires_at => now() + interval '1 hour');
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '2 hours');
select is(pg_temp.told(), 5, 'an expiry');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'purchase');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'refund');
select is(pg_temp.told(), 6, 'a refund');

select private.spend_credits('bbbbbbbb-0000-4000-8000-000000000002', 100);
select is(pg_temp.told(), 6, 'a threshold of 0 is never');
select private.set_low_balance_threshold(30);
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 31, 'bonus');
select private.spend_credits('bbbbbbbb-0000-4000-8000-000000000002', 2);
select is(pg_temp.told(), 7, 'one that is set counts for every account');
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'refund');
select pg_temp.told();
select is_empty(
  $$select 1 from private.balance_crossings$$, 'who has left is not told, and is not looked at for ever'
);

select * from finish();
rollback;
