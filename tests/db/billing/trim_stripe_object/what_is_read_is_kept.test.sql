-- Of the forms that the readers know: before and since 2025-03-31, expanded and not.
begin;
select plan(4);

create temporary table told (type text, object jsonb);
insert into told
values
  ('subscription', '{
    "id": "sub_1", "customer": "cus_1", "status": "active", "created": 1700000000, "start_date": 1700000001, "quantity": 2,
    "current_period_start": 1700000002, "current_period_end": 1700000003, "trial_start": 1700000004,
    "trial_end": 1700000005, "cancel_at_period_end": true, "cancel_at": 1700000006, "canceled_at": 1700000007,
    "ended_at": 1700000008, "schedule": "sub_sched_1", "metadata": {"any": "thing"}, "plan": {"id": "price_1"}
  }'),
  ('subscription', '{
    "id": "sub_1", "customer": {"id": "cus_1"}, "status": "trialing", "created": 1700000000, "start_date": 1700000001,
    "schedule": {"id": "sub_sched_1"}, "metadata": {},
    "items": {"has_more": false, "data": [
      {"id": "si_1", "quantity": 3, "price": {"id": "price_1"}, "current_period_start": 1700000002, "current_period_end": 1700000003},
      {"id": "si_2", "quantity": 1, "plan": {"id": "price_2"}}
    ]}
  }'),
  ('invoice', '{
    "id": "in_1", "customer": "cus_1", "subscription": "sub_1", "subscription_details": {"metadata": {"user_id": "u"}},
    "metadata": {}, "status": "open", "billing_reason": "subscription_cycle", "amount_due": 1, "amount_paid": 2,
    "total": 3, "currency": "usd", "number": "A-1", "attempt_count": 4, "next_payment_attempt": 1700000000,
    "hosted_invoice_url": "https://a.example", "invoice_pdf": "https://b.example", "created": 1700000001,
    "payment_intent": "pi_1", "charge": {"id": "ch_1"},
    "lines": {"has_more": true, "data": [
      {"price": {"id": "price_1"}, "quantity": 2, "amount": -5, "proration": true, "period": {"start": 1700000002, "end": 1700000003}},
      {"plan": {"id": "price_2"}, "amount": 5}
    ]}
  }'),
  ('invoice', '{
    "id": "in_1", "customer": {"id": "cus_1"}, "status": "paid", "currency": "usd", "metadata": {"user_id": "v"},
    "parent": {"subscription_details": {"subscription": "sub_1", "metadata": {"user_id": "u"}}},
    "payments": {"data": [
      {"status": "paid", "invoice": "in_1", "payment": {"payment_intent": {"id": "pi_1"}}},
      {"status": "open", "payment": {"charge": "ch_2"}}, {"status": "paid", "payment": {"charge": "ch_3"}}
    ]},
    "lines": {"data": [
      {"pricing": {"price_details": {"price": "price_1"}}, "amount": 5, "parent": {"subscription_item_details": {"proration": true}}},
      {"pricing": {"price_details": {"price": {"id": "price_2"}}}, "amount": 5, "parent": {"invoice_item_details": {"proration": true}}}
    ]}
  }'),
  ('charge', '{
    "id": "ch_1", "invoice": "in_1", "payment_intent": {"id": "pi_1"}, "status": "succeeded", "amount": 9, "amount_refunded": 5
  }'),
  ('refund', '{
    "id": "re_1", "charge": {"id": "ch_1"}, "payment_intent": "pi_1", "status": "pending", "amount": 5, "currency": "usd",
    "reason": "duplicate", "created": 1700000000
  }'),
  ('dispute', '{
    "id": "dp_1", "charge": "ch_1", "payment_intent": "pi_1", "status": "lost", "amount": 5, "currency": "usd",
    "reason": "fraudulent", "evidence_details": {"due_by": 1700000000}, "created": 1700000001
  }');
create temporary table read as
select
  t.type, t.object, private.version_facts('stripe', t.type, t.object) as before,
  private.version_facts('stripe', t.type, private.trim_stripe_object(t.type, t.object)) as after
from told as t;
select is_empty($$ select type, before, after from read where before is distinct from after $$, 'the same is read');
-- Every fact that a form can tell is told by one of them, so none of them is lost unseen.
select is_empty(
  $$
    select r.type, f.key from read as r cross join lateral jsonb_each(r.before) as f
    group by r.type, f.key
    having bool_and(f.value in ('null', '{}', '[]', '0', 'false'))
  $$, 'of all that is read'
);
select is_empty(
  $$
    select t.type from told as t
    where private.trim_stripe_object(t.type, private.trim_stripe_object(t.type, t.object))
      is distinct from private.trim_stripe_object(t.type, t.object)
  $$, 'and of what was kept nothing more is lost'
);
select is(
  private.trim_stripe_object('price', '{"id": "price_1", "anything": {"goes": [1]}}'), '{"id": "price_1", "anything": {"goes": [1]}}',
  'a price is nobody''s'
);

select * from finish();
rollback;
