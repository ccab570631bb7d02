begin;
select plan(19);

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
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
create function pg_temp.owners(p_table text, p_column text) returns setof uuid language plpgsql as $$
begin
  return query execute format('select distinct %I from %s', p_column, p_table);
end;
$$;
grant execute on function pg_temp.owners(text, text) to public;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  (select count(*) from pg_temp.owners(t.name, t.owner)), 2::bigint, t.name
)
from (
  values
    ('public.profiles', 'id'), ('public.credit_accounts', 'user_id'), ('public.credit_lots', 'user_id'),
    ('public.credit_holds', 'user_id'), ('public.credit_transactions', 'user_id'), ('public.jobs', 'user_id'),
    ('public.job_attempts', 'user_id'), ('public.customers', 'user_id'), ('public.checkouts', 'user_id'),
    ('public.payments', 'user_id'),
    ('public.refunds', 'user_id'), ('public.disputes', 'user_id'), ('editor.images', 'user_id'), ('editor.image_operations', 'user_id')
) as t (name, owner);
select isnt_empty(format('select 1 from %s', t.name), t.name)
from unnest(array['public.webhook_events', 'public.api_costs', 'public.api_usage_logs', 'public.providers', 'public.provider_routes']) as t (name);

select * from finish();
rollback;
