-- An event about a product or a plan itself: what it says is noted and mirrored.
create function private.apply_whop_catalogue(p_event public.webhook_events)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_object jsonb := p_event.payload -> 'data';
  v_currency text := lower(v_object ->> 'currency');
  v_told_at timestamptz := coalesce(
    private.whop_time(v_object -> 'updated_at'), private.whop_time(p_event.payload -> 'timestamp'),
    p_event.received_at
  );
  v_shared jsonb := jsonb_build_object(
    'metadata', v_object -> 'metadata',
    'description', v_object -> 'description',
    'active', v_object ->> 'visibility' is distinct from 'archived',
    'deleted', case when p_event.event_type like '%deleted' then true end
  );
begin
  if p_event.purged_at is not null then
    return 'applied';         -- it was noted
  end if;
  if p_event.object_id is null then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event''s object has no id.', hint = 'Compare it in Whop.';
  end if;
  if p_event.object_type = 'product' then
    return coalesce(
      private.put_whop_product(
        p_event.object_id, v_shared || jsonb_build_object('name', v_object -> 'title'), v_told_at
      ),
      'applied'
    );
  end if;
  return coalesce(
    private.put_whop_price(
      p_event.object_id,
      v_shared || jsonb_build_object(
        'product_id', private.whop_reference(v_object, 'product'),
        'currency', v_currency,
        'type', case v_object ->> 'plan_type' when 'one_time' then 'one_time' else 'recurring' end,
        'days', v_object -> 'billing_period',
        'trial_days', v_object -> 'trial_period_days',
        'unit_amount', private.whop_minor_units(
          case v_object ->> 'plan_type'
            when 'one_time' then v_object -> 'initial_price'
            else v_object -> 'renewal_price'
          end,
          v_currency
        )
      ),
      v_told_at
    ),
    'applied'
  );
end;
$$;
