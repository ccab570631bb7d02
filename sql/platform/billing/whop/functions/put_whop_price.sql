-- Mirrors a plan of Whop, which is a price of ours, from all that was said of it, and
-- links it to the plan or package that its metadata names. Its length is in days, as
-- Whop bills.
create function private.put_whop_price(p_id text, p_facts jsonb, p_told_at timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_all jsonb := private.note_whop_facts('price', p_id, p_facts, p_told_at);
  v_days integer;
begin
  if v_all is null then
    return null;
  elsif v_all ->> 'product_id' is null
    or not exists (select 1 from public.products as d where d.id = v_all ->> 'product_id') then
    return 'product:' || coalesce(v_all ->> 'product_id', p_id);
  end if;
  v_days := coalesce(
    case when v_all #>> '{metadata,period_days}' ~ '^[1-9][0-9]{0,3}$' then (v_all #>> '{metadata,period_days}')::integer end,
    (v_all ->> 'days')::integer
  );
  perform private.put_price(
    'whop', p_id, v_all ->> 'product_id', v_all ->> 'description', (v_all ->> 'unit_amount')::bigint,
    coalesce(v_all ->> 'currency', 'usd'),
    coalesce(v_all ->> 'type', case when v_days is null then 'one_time' else 'recurring' end),
    case when v_days is not null then 'day' end, coalesce(v_days, 1),
    coalesce((v_all ->> 'trial_days')::integer, 0),
    coalesce((v_all ->> 'active')::boolean, true), coalesce(v_all -> 'metadata', '{}'::jsonb),
    case when v_all ->> 'deleted' = 'true' then p_told_at end, p_told_at
  );
  return private.link_price(p_id);
end;
$$;
