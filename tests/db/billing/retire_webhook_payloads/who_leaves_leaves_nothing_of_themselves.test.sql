begin;
select plan(7);

select tests.ann_subscribes(false);
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.attach_customer('bbbbbbbb-0000-4000-8000-000000000002', 'cus_2');
select tests.tell('customer.updated', '{"id": "cus_1", "name": "Ann Smith", "email": "ann@mail.example"}');
select tests.tell('customer.updated', '{"id": "cus_2", "name": "Bob Brown"}');
select tests.tell('customer.subscription.created', tests.subscription('price_basic', now(), now() + interval '1 month', '{"description": "for Ann Smith"}'));
-- Of a payment that is not known: it waits.
select tests.tell('charge.succeeded', tests.charge(p_more => '{"billing_details": {"name": "Ann Smith"}}'));
-- Of a kind without effect.
select tests.tell('customer.tax_id.created', '{"id": "txi_1", "customer": "cus_1", "verification": {"verified_name": "Ann Smith"}}');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.delete_my_account();
select tests.clear_authentication();
select is_empty(
  $$
    select v.object::text from private.billing_versions as v where concat(v.object, v.previous) ~* 'ann|smith'
    union all
    select w.payload::text from public.webhook_events as w where w.object_type is not null and w.payload::text ~* 'ann|smith'
  $$, 'nothing of what was said of her objects is left'
);
select isnt_empty($$ select 1 from public.webhook_events where payload::text ~ 'Bob Brown' $$, 'what was said of him is');

-- Stripe goes on talking of her.
select tests.tell('customer.subscription.deleted', tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object(
  'status', 'canceled', 'ended_at', tests.unix(now()), 'description', 'for Ann Smith'
)));
select is(private.purge_payloads_of_left(), 2, 'what came since, and what is of no kind that is kept, goes by night');
select is_empty($$ select 1 from public.webhook_events where payload::text ~* 'ann|smith' $$, 'and then there is nothing');
select is(private.purge_payloads_of_left(), 0, 'once');

-- What waited is applied from what is kept of it.
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month')), '{"payment_intent": "pi_1"}'
));
select tests.retry_events();
select is_empty($$ select event_type, status, error from public.webhook_events where status not in ('applied', 'ignored') $$, 'what waited is applied all the same');
select results_eq('select amount from private.charges', $$ values (1000) $$, 'by what is kept');

select * from finish();
rollback;
