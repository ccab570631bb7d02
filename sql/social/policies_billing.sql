-- Views run with the rights and policies of their caller: these grants open nothing
-- that the platform's tables keep closed.
grant select on social.user_credits to authenticated, service_role;
grant select on social.credit_transactions to authenticated, service_role;
grant select on social.products to anon, authenticated, service_role;
grant select on social.prices to anon, authenticated, service_role;
grant select on social.subscriptions to authenticated, service_role;
grant select on social.customers to authenticated, service_role;
grant select on social.webhook_events to authenticated, service_role;
