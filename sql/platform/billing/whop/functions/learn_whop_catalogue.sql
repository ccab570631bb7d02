-- Notes what an object of Whop says of its product and plan, and mirrors what is new
-- of it. A plan's length is told by a membership's period, if that is no trial; by
-- its metadata as period_days; or by the plan itself.
create function private.learn_whop_catalogue(p_object jsonb, p_type text, p_told_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_product_id text := coalesce(
    private.whop_reference(p_object, 'product'), p_object #>> '{line_items,0,product_id}'
  );
  v_plan_id text := private.whop_plan_of(p_object);
  v_reason text := p_object ->> 'billing_reason';
  v_days integer;
begin
  if v_product_id is null or v_plan_id is null then
    return;
  end if;
  if p_type = 'subscription' and p_object ->> 'status' in ('active', 'past_due', 'canceling') then
    v_days := round(
      extract(
        epoch from private.whop_time(p_object -> 'renewal_period_end')
          - private.whop_time(p_object -> 'renewal_period_start')
      ) / 86400
    )::integer;
  end if;
  perform private.put_whop_product(
    v_product_id,
    jsonb_build_object('name', p_object #> '{product,title}', 'metadata', p_object #> '{product,metadata}'),
    p_told_at
  );
  perform private.put_whop_price(
    v_plan_id,
    jsonb_build_object(
      'product_id', v_product_id,
      'currency', lower(p_object ->> 'currency'),
      'metadata', p_object #> '{plan,metadata}',
      'days', case when v_days > 0 then v_days end,
      'type', case
        when v_reason = 'one_time' then 'one_time'
        when v_reason like 'subscription%'
          or private.whop_time(p_object -> 'renewal_period_end') is not null then 'recurring'
      end
    ),
    p_told_at
  );
end;
$$;
