begin;
select plan(7);

insert into public.webhook_events (source, external_id, event_type, payload)
values ('stripe', 'evt_1', 'a', '{}'), ('whop', 'evt_2', 'a', '{}');
select set_eq(
  $$ select public.missing_webhook_events('stripe', array['evt_1', 'evt_2', 'evt_3', 'evt_3', null]) $$,
  array['evt_2', 'evt_3'], 'of that sender, each once'
);
select is_empty($$ select public.missing_webhook_events('stripe', '{}') $$, 'of none, none');
select throws_ok(
  $$ select public.missing_webhook_events('paypal', '{}') $$, 'PT400', 'source_unknown', 'an unknown sender'
);
select throws_ok(
  $$ select public.missing_webhook_events(null, '{}') $$, 'PT400', 'source_unknown', 'no sender'
);
select throws_ok(
  $$ select public.missing_webhook_events('stripe', null) $$, 'PT400', 'batch_invalid', 'no list'
);
select throws_ok(
  $$ select public.missing_webhook_events('stripe', array(select n::text from generate_series(1, 1001) as n)) $$,
  'PT400', 'batch_invalid', 'too long a list'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.missing_webhook_events('stripe', '{}') $$, '42501', null, 'users are not told'
);

select * from finish();
rollback;
