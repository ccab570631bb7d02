begin;
select plan(80);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(u.id, 20, 'bonus') from public.profiles as u;
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs((
  select array_agg(row(u.id, 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request)
  from public.profiles as u
));
select private.claim_jobs('worker-1', 2, array['test.work']);
select private.fail_job(j.id, j.lock_token, 'Busy.') from public.jobs as j;
select private.record_api_usage(j.id, 'local', 'upscale') from public.jobs as j;
select private.attach_customer(u.id, 'cus_' || u.username) from public.profiles as u;
insert into public.checkouts (user_id, package_id, idempotency_key, credits, unit_amount, currency)
select u.id, p.id, 'key-1', p.credits, p.unit_amount, p.currency
from public.profiles as u cross join public.credit_packages as p where p.code = 'pro';
insert into public.payments (source, external_id, user_id, amount, currency, credits, lot_seq)
select 'stripe', 'pi_' || u.username, u.id, 999, 'usd', 20, 1 from public.profiles as u;
insert into public.refunds (id, user_id, payment_id, amount, currency, status)
select 're_' || u.username, u.id, 'pi_' || u.username, 9, 'usd', 'succeeded' from public.profiles as u;
insert into public.disputes (id, user_id, payment_id, amount, currency, status)
select 'dp_' || u.username, u.id, 'pi_' || u.username, 9, 'usd', 'won' from public.profiles as u;
select private.record_webhook_event('stripe', '{"id": "evt_1", "type": "test"}');
insert into editor.images (user_id, original_filename) select u.id, 'cat.png' from public.profiles as u;
insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
select i.id, 'generate', 'local', '{"prompt": "A cat"}' from editor.images as i;
-- The statements name a column of each table, so that they would be valid.
create temporary table target as
select t.name, (
  select format('%I', a.attname) from pg_attribute as a
  where a.attrelid = t.name::regclass and a.attnum > 0 and a.attgenerated = '' order by a.attnum limit 1
) as column_name
from unnest(array[
  'public.credit_accounts', 'public.credit_lots', 'public.credit_holds', 'public.credit_transactions',
  'public.metered_operations', 'public.job_types', 'public.jobs', 'public.job_attempts',
  'public.credit_packages',
  'public.customers', 'public.checkouts', 'public.payments', 'public.refunds', 'public.disputes', 'public.webhook_events', 'public.api_costs',
  'public.api_usage_logs',
  'public.profiles', 'editor.images', 'editor.image_operations'
]) as t (name);
grant select on target to public;
select tests.authenticate_as_anon();

select throws_ok(format('insert into %s default values', t.name), '42501', null, 'insert ' || t.name) from target as t;
select throws_ok(format('update %s set %s = null', t.name, t.column_name), '42501', null, 'update ' || t.name) from target as t;
select throws_ok(format('delete from %s', t.name), '42501', null, 'delete ' || t.name) from target as t;
select throws_ok(format('truncate %s', t.name), '42501', null, 'truncate ' || t.name) from target as t;

select * from finish();
rollback;
