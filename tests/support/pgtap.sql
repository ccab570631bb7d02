-- Helpers of the pgTAP tests. The test runner loads them into its template by a
-- superuser; no migration does.
create schema tests;
grant usage on schema tests to public;

-- Signs a user up the way Supabase's auth service does, as its own role: a
-- trigger on auth.users that leans on the rights of `postgres` fails here too.
create function tests.create_user(
  p_email text,
  p_metadata jsonb default '{}',
  p_id uuid default gen_random_uuid()
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into auth.users as u (
    id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data
  )
  values (
    p_id, 'authenticated', 'authenticated', p_email, now(), '{"provider": "email"}', p_metadata
  );
  return p_id;
end;
$$;
alter function tests.create_user(text, jsonb, uuid) owner to supabase_auth_admin;

-- The end of an account, as the auth service ends it.
create function tests.delete_user(p_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from auth.users as u where u.id = p_id;
end;
$$;
alter function tests.delete_user(uuid) owner to supabase_auth_admin;

-- The rest of the test runs as PostgREST runs a request: the role, and the claims of its token.
create function tests.authenticate(p_role text, p_claims jsonb)
returns void
language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', p_claims::text, true);
  perform set_config('role', p_role, true);
end;
$$;

create function tests.authenticate_as(p_user_id uuid)
returns void
language sql
as $$
  select tests.authenticate(
    'authenticated',
    jsonb_build_object('sub', p_user_id, 'role', 'authenticated', 'aud', 'authenticated')
  );
$$;

-- A token of another issuer, whose sub is no uuid.
create function tests.authenticate_as_subject(p_sub text)
returns void
language sql
as $$
  select tests.authenticate('authenticated', jsonb_build_object('sub', p_sub, 'role', 'authenticated'));
$$;

create function tests.authenticate_as_anon()
returns void
language sql
as $$
  select tests.authenticate('anon', '{"role": "anon"}');
$$;

create function tests.authenticate_as_service()
returns void
language sql
as $$
  select tests.authenticate('service_role', '{"role": "service_role"}');
$$;

-- Back to the owner of the database, without claims.
create function tests.clear_authentication()
returns void
language plpgsql
as $$
begin
  perform set_config('request.jwt.claims', '', true);
  perform set_config('role', 'none', true);
end;
$$;

-- Stripe tells something: the status of its event. Event ids are drawn from the type,
-- the object and the time, so that the same call is the same event.
create function tests.tell(
  p_type text,
  p_object jsonb,
  p_at timestamptz default now(),
  p_previous jsonb default null,
  p_id text default null,
  p_now timestamptz default now()
)
returns text
language sql
as $$
  select (private.record_webhook_event('stripe', jsonb_build_object(
    'id', coalesce(p_id, 'evt_' || md5(concat(p_type, p_object, p_at))),
    'type', p_type,
    'created', floor(extract(epoch from p_at))::bigint,
    'data', jsonb_build_object('object', p_object)
      || case when p_previous <> 'null' then jsonb_build_object('previous_attributes', p_previous) else '{}' end
  ), p_now)).status;
$$;

-- Tries all that waits or failed again, as cron would in the end.
create function tests.retry_events(p_now timestamptz default now())
returns setof text
language sql
as $$
  select (private.replay_webhook_event(e.id, p_now, true)).status
  from public.webhook_events as e
  where e.status in ('waiting', 'failed');
$$;

create function tests.unix(p_time timestamptz)
returns bigint
language sql
as $$
  select floor(extract(epoch from p_time))::bigint;
$$;

-- A plan that is sold at price_<code>, a product's only one.
create function tests.sell_plan(
  p_code text,
  p_credits integer,
  p_amount integer default 1000,
  p_interval text default 'month',
  p_grant_interval text default null,
  p_rollover_cap integer default 0,
  p_trial_credits integer default 0
)
returns void
language sql
as $$
  insert into public.products (id, name) values ('prod_' || p_code, p_code);
  insert into public.prices (id, product_id, unit_amount, currency, type, interval)
  values ('price_' || p_code, 'prod_' || p_code, p_amount, 'usd', 'recurring', p_interval);
  insert into public.plans (
    code, name, price_id, credits_per_period, grant_interval, rollover_cap, trial_credits
  )
  values ('test_' || p_code, 'Test ' || p_code, 'price_' || p_code, p_credits, p_grant_interval, p_rollover_cap, p_trial_credits);
$$;

-- Stripe's objects, in the shape since 2025-03-31.
create function tests.subscription(
  p_price text,
  p_start timestamptz,
  p_end timestamptz,
  p_more jsonb default '{}',
  p_id text default 'sub_1'
)
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'id', p_id, 'object', 'subscription', 'customer', 'cus_1', 'status', 'active', 'created', tests.unix(p_start),
    'start_date', tests.unix(p_start), 'cancel_at_period_end', false, 'metadata', '{}'::jsonb,
    'items', jsonb_build_object('data', jsonb_build_array(jsonb_build_object(
      'id', 'si_1', 'quantity', 1, 'price', jsonb_build_object('id', p_price),
      'current_period_start', tests.unix(p_start), 'current_period_end', tests.unix(p_end)
    )))
  ) || p_more;
$$;

create function tests.line(
  p_price text,
  p_amount integer,
  p_start timestamptz,
  p_end timestamptz,
  p_proration boolean default false,
  p_quantity integer default 1
)
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'amount', p_amount, 'quantity', p_quantity,
    'period', jsonb_build_object('start', tests.unix(p_start), 'end', tests.unix(p_end)),
    'pricing', jsonb_build_object('price_details', jsonb_build_object('price', p_price)),
    'parent', jsonb_build_object(
      'subscription_item_details', jsonb_build_object('proration', p_proration, 'subscription', 'sub_1')
    )
  );
$$;

create function tests.invoice(p_lines jsonb, p_more jsonb default '{}', p_id text default 'in_1')
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'id', p_id, 'object', 'invoice', 'customer', 'cus_1', 'status', 'paid', 'currency', 'usd', 'created', 1700000000,
    'amount_due', s.total, 'amount_paid', s.total, 'total', s.total,
    'parent', jsonb_build_object('subscription_details', jsonb_build_object('subscription', 'sub_1')),
    'lines', jsonb_build_object('has_more', false, 'data', p_lines)
  ) || p_more
  from (select sum((l.value ->> 'amount')::integer) as total from jsonb_array_elements(p_lines) as l) as s;
$$;

create function tests.charge(p_refunded integer default 0, p_amount integer default 1000, p_more jsonb default '{}')
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'id', 'ch_1', 'object', 'charge', 'customer', 'cus_1', 'payment_intent', 'pi_1', 'status', 'succeeded',
    'amount', p_amount, 'amount_refunded', p_refunded, 'currency', 'usd'
  ) || p_more;
$$;

create function tests.refund(p_id text, p_amount integer, p_status text default 'succeeded', p_more jsonb default '{}')
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'id', p_id, 'object', 'refund', 'charge', 'ch_1', 'payment_intent', 'pi_1', 'amount', p_amount,
    'currency', 'usd', 'status', p_status, 'created', 1700000000
  ) || p_more;
$$;

create function tests.dispute(p_status text, p_amount integer default 1000, p_id text default 'dp_1')
returns jsonb
language sql
as $$
  select jsonb_build_object(
    'id', p_id, 'object', 'dispute', 'charge', 'ch_1', 'payment_intent', 'pi_1', 'amount', p_amount,
    'currency', 'usd', 'status', p_status, 'reason', 'general', 'created', 1700000000
  );
$$;

-- Ann, without credits, is cus_1; with p_pays a month from now of plan basic (100
-- credits, 1000 cents) is paid by pi_1.
create function tests.ann_subscribes(p_pays boolean default true, p_rollover_cap integer default 0)
returns void
language plpgsql
as $$
begin
  perform private.set_setting('signup_credits', '0');
  perform tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
  perform private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
  perform tests.sell_plan('basic', 100, p_rollover_cap => p_rollover_cap);
  if p_pays then
    perform tests.tell('customer.subscription.created', tests.subscription('price_basic', now(), now() + interval '1 month'));
    perform tests.tell('invoice.paid', tests.invoice(
      jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))
    ));
    perform tests.tell('invoice_payment.paid', '{
      "id": "inpay_1", "object": "invoice_payment", "invoice": "in_1", "status": "paid",
      "payment": {"type": "payment_intent", "payment_intent": "pi_1"}
    }');
  end if;
end;
$$;

create function tests.ann_credits(out balance integer, out held integer, out debt integer)
language sql
as $$
  select a.balance, a.held, a.debt
  from public.credit_accounts as a
  where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001';
$$;
