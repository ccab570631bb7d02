begin;
select plan(7);

select throws_ok($$ select private.record_fetched_object('paypal', '{"object": "invoice", "id": "in_1"}') $$, 'PT400', 'source_unknown', 'an unknown sender');
select throws_ok($$ select private.record_fetched_object(null, '{}') $$, 'PT400', 'source_unknown', 'none');
select throws_ok($$ select private.record_fetched_object('stripe', '{"object": "invoice"}') $$, 'PT400', 'event_invalid', 'no id');
select throws_ok($$ select private.record_fetched_object('stripe', '{"object": "account", "id": "acct_1"}') $$, 'PT400', 'event_invalid', 'a kind that is not kept');
select throws_ok($$ select private.record_fetched_object('stripe', null) $$, 'PT400', 'event_invalid', 'nothing');
select throws_ok($$ select private.stale_billing_objects(0) $$, 'PT400', 'limit_invalid', 'a limit of 0');
select throws_ok($$ select private.stale_billing_objects(null) $$, 'PT400', 'limit_invalid', 'no limit');

select * from finish();
rollback;
