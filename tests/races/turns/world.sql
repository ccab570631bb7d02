-- On top of the world of the fuzz test, what some turns are about.

-- A cap over all users, for jobs and for a provider; a provider that was at fault.
update public.job_types set max_running = 50 where type = 'editor.vectorize';
update public.providers set max_running = 50 where name = 'local';
insert into public.provider_circuits (provider, operation, faults) values ('local', 'editor.upscale', 1);

-- A job that waits for its provider.
select private.snooze_job(
  j.id, j.lock_token, now() - interval '1 minute', '{"provider": "fal", "external_id": "task of turns"}'
)
from private.claim_jobs('setup', 1, '{stage:run}') as j;

-- What is sold, and an event that waits for what nobody has heard of.
select tests.tell('product.created', '{"id": "prod_of_turns", "name": "A product", "metadata": {}}');
select tests.tell('price.created', '{
  "id": "price_of_plan", "product": "prod_of_turns", "currency": "usd", "unit_amount": 999, "type": "recurring",
  "recurring": {"interval": "month"}, "metadata": {"plan_code": "starter"}
}');
select tests.tell('price.created', '{
  "id": "price_of_package", "product": "prod_of_turns", "currency": "usd", "unit_amount": 999, "type": "one_time",
  "metadata": {"package_code": "starter"}
}');
select tests.tell('price.created', '{
  "id": "price_of_nothing", "product": "prod_nowhere", "currency": "usd", "unit_amount": 999, "type": "one_time"
}');
select tests.tell('customer.updated', '{"id": "cus_w0rd-of-mine", "object": "customer", "metadata": {}}');
insert into private.billing_objects (source, type, id) values ('stripe', 'payment_method', 'pm_of_turns');
update private.billing_objects set stale_since = now() where id = 'cus_w0rd-of-mine';
insert into public.checkouts (user_id, package_id, idempotency_key, source, external_id, credits, unit_amount, currency)
select :me, p.id, 'whop:pay_of_turns', 'whop', 'pay_of_turns', p.credits, p.unit_amount, p.currency
from public.credit_packages as p where p.code = 'starter';

-- A step that names what its user may delete.
update video.tool_chain_steps as s
set request = s.request || jsonb_build_object(
  'style_preset_id', (select p.id from video.style_presets as p where p.user_id = s.user_id),
  'tool_configuration_id', (select t.id from video.tool_configurations as t where t.user_id = s.user_id),
  'brand_guidelines_id', (select b.id from video.brand_guidelines as b where b.user_id = s.user_id)
)
where s.user_id = :me;

-- A generation and a run that name what their user may delete.
update video.generations as g
set
  style_preset_id = (select p.id from video.style_presets as p where p.user_id = g.user_id),
  tool_configuration_id = (select t.id from video.tool_configurations as t where t.user_id = g.user_id),
  brand_guidelines_id = (select b.id from video.brand_guidelines as b where b.user_id = g.user_id)
where g.user_id = :me;
update video.tool_chain_runs as r
set chain_id = (select c.id from video.tool_preset_chains as c where c.user_id = r.user_id limit 1)
where r.user_id = :me;
