-- Mirrors a price.
create function private.put_price(
  p_source text,
  p_id text,
  p_product_id text,
  p_description text,
  p_unit_amount bigint,
  p_currency text,
  p_type text,
  p_interval text,
  p_interval_count integer,
  p_trial_period_days integer,
  p_active boolean,
  p_metadata jsonb,
  p_deleted_at timestamptz,
  p_created timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.prices as p (
    id, source, product_id, description, unit_amount, currency, type, interval, interval_count,
    trial_period_days, active, metadata, deleted_at, created_at
  )
  values (
    p_id, p_source, p_product_id, p_description, p_unit_amount, p_currency, p_type, p_interval,
    p_interval_count, p_trial_period_days, p_active and p_deleted_at is null, p_metadata, p_deleted_at,
    p_created
  )
  on conflict (id) do update
  set
    product_id = excluded.product_id,
    description = excluded.description,
    unit_amount = excluded.unit_amount,
    currency = excluded.currency,
    type = excluded.type,
    interval = excluded.interval,
    interval_count = excluded.interval_count,
    trial_period_days = excluded.trial_period_days,
    active = excluded.active,
    metadata = excluded.metadata,
    deleted_at = excluded.deleted_at,
    created_at = excluded.created_at;
  perform private.wake_events(p_source, array['price:' || p_id]);
end;
$$;
