import type { Turn } from "./turn.ts";

const known = (type: string, id: string): string =>
  `private.billing_objects where source = 'stripe' and type = '${type}' and id = '${id}'`;
const mine = (table: string): string =>
  `(select t.id from ${table} as t where t.user_id = :me limit 1)`;
const checkout = "public.checkouts where external_id = 'cs_w0rd-of-mine'";

export const billing: Turn[] = [
  {
    what: "what is said of an object",
    row: known("product", "prod_of_turns"),
    call: `select private.store_version(
      'stripe', 'product', 'prod_of_turns', 'evt_of_turns', 'product.updated', now(), '{"id": "prod_of_turns"}'
    )`,
    waitsIn: "store_version",
  },
  {
    what: "news of a price, whose product changes",
    row: "public.products where id = 'prod_of_turns'",
    call: "select private.apply_price('stripe', 'price_of_plan')",
    waitsIn: "apply_price",
  },
  {
    what: "a price that sells a plan",
    row: "public.plans where code = 'starter'",
    call: "select private.link_price('price_of_plan')",
    waitsIn: "link_price",
  },
  {
    what: "a price that sells a package",
    row: "public.credit_packages where code = 'starter'",
    call: "select private.link_price('price_of_package')",
    waitsIn: "link_price",
  },
  {
    what: "a payment of a checkout",
    row: checkout,
    call: `select private.apply_payment_intent(jsonb_build_object(
      'id', 'pi_of_turns', 'status', 'succeeded', 'amount_received', c.unit_amount, 'currency', c.currency,
      'metadata', jsonb_build_object('checkout_id', c.id)
    ), now()) from ${checkout.replace(" where", " as c where c.")}`,
    waitsIn: "apply_payment_intent",
  },
  {
    what: "the session of a checkout",
    row: checkout,
    call: `select private.attach_checkout(c.id, 'cs_another', 'https://example.com/') from ${checkout.replace(" where", " as c where c.")}`,
    waitsIn: "attach_checkout",
  },
  {
    what: "news of a session",
    row: checkout,
    call: `select private.lock_checkout(jsonb_build_object(
      'id', c.external_id, 'metadata', jsonb_build_object('checkout_id', c.id)
    )) from ${checkout.replace(" where", " as c where c.")}`,
    waitsIn: "lock_checkout",
  },
  {
    what: "anything about a user's billing",
    row: "public.customers where user_id = :me",
    call: "select private.lock_customer(:me)",
    waitsIn: "lock_customer",
  },
  {
    what: "the purge of payloads, of an event that is being applied",
    row: "public.webhook_events where status in ('applied', 'ignored')",
    call: "select private.purge_webhook_payloads(now() + interval '1 year')",
  },
  {
    what: "a user who leaves, of whom an event is being applied",
    row: "public.webhook_events where object_id = 'cus_w0rd-of-mine'",
    call: "select private.retire_webhook_payloads(:me)",
  },
  {
    what: "the purge after a user who left, of whom an event is being applied",
    row: "public.webhook_events where object_id = 'cus_w0rd-of-mine'",
    before: "update public.profiles as p set deleted_at = now() where p.id = :me",
    call: "select private.purge_payloads_of_left()",
  },
  {
    what: "an event that is applied again",
    row: "public.webhook_events where status = 'applied'",
    call: "select private.replay_webhook_event(e.id) from public.webhook_events as e where e.status = 'applied'",
    waitsIn: "replay_webhook_event",
  },
  {
    what: "an event that waited, while another is at it",
    row: "public.webhook_events where waiting_for = 'product:prod_nowhere'",
    call: "select private.wake_events('stripe', '{product:prod_nowhere}')",
  },
  {
    what: "what users are to be told, where another sender has it",
    row: "public.notifications_outbox where user_id = :me",
    call: "select * from private.claim_notifications(100)",
  },
  {
    what: "a notification that was sent",
    row: "public.notifications_outbox where user_id = :me",
    call: "select private.finish_notification(n.id, n.claim_token) from public.notifications_outbox as n where n.user_id = :me",
    waitsIn: "finish_notification",
  },
  {
    what: "a payment that is settled",
    row: "public.payments where external_id = 'pi_w0rd-of-mine'",
    call: "select private.settle_payment('stripe', 'pi_w0rd-of-mine', now())",
    waitsIn: "settle_payment",
  },
  {
    what: "a change of a subscription",
    row: "private.subscription_changes where user_id = :me",
    call: `select private.lock_subscription_change(${mine("private.subscription_changes")})`,
    waitsIn: "lock_subscription_change",
  },
  {
    what: "a checkout of a subscription",
    row: "private.subscription_checkouts where user_id = :me",
    call: `select private.lock_subscription_checkout(${mine("private.subscription_checkouts")})`,
    waitsIn: "lock_subscription_checkout",
  },
  {
    what: "news of a payment method",
    row: known("payment_method", "pm_of_turns"),
    call: "select private.apply_payment_method('stripe', 'pm_of_turns')",
    waitsIn: "apply_payment_method",
  },
  {
    what: "the end of a top-up",
    row: "public.top_ups where user_id = :me",
    call: `select private.lock_top_ups(array[jsonb_populate_record(
      null::public.jobs, jsonb_build_object('user_id', :me, 'subject_id', ${mine("public.top_ups")})
    )])`,
    waitsIn: "lock_top_ups",
  },
  {
    what: "what is to be fetched, where another goes to",
    row: "private.billing_objects where stale_since is not null",
    call: "select * from private.stale_billing_objects(10)",
  },
  {
    what: "a package that was paid for at Whop",
    row: "public.checkouts where source = 'whop' and external_id = 'pay_of_turns'",
    call: `select private.settle_whop_package(jsonb_populate_record(null::private.invoice_facts, '{
      "id": "pay_of_turns", "amount_paid": 999, "currency": "usd", "lines": [{"price_id": "price_of_package"}]
    }'), :me, now())`,
    waitsIn: "settle_whop_package",
  },
];
