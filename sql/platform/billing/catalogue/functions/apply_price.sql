-- Writes a price's mirror from its versions and links it. A price of a product that
-- is not known waits for it.
create function private.apply_price(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'price', p_id);
  v_object jsonb;
  v_product_id text;
begin
  v_object := private.whole_object(p_source, 'price', p_id, v_version);
  v_product_id := coalesce(v_object #>> '{product,id}', v_object ->> 'product');
  if v_product_id is null and v_version.rank = 9 then
    return 'applied';         -- deleted before anything else was known of it
  end if;
  -- Share-locked: its metadata may name what the price sells, and may be changing.
  perform 1 from public.products as p where p.id = v_product_id for share;
  if not found then
    return 'product:' || v_product_id;
  end if;
  perform private.put_price(
    p_source, p_id, v_product_id, v_object ->> 'nickname', (v_object ->> 'unit_amount')::bigint,
    v_object ->> 'currency', v_object ->> 'type', v_object #>> '{recurring,interval}',
    coalesce((v_object #>> '{recurring,interval_count}')::integer, 1),
    coalesce((v_object #>> '{recurring,trial_period_days}')::integer, 0),
    coalesce((v_object ->> 'active')::boolean, true),
    coalesce(nullif(v_object -> 'metadata', 'null'), '{}'::jsonb),
    case when v_version.rank = 9 then v_version.created end,
    coalesce(private.unix_time(v_object ->> 'created'), v_version.created)
  );
  return coalesce(private.link_price(p_id), 'applied');
end;
$$;
