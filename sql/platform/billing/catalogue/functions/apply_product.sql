-- Writes a product's mirror from its versions, and links its prices anew, since its
-- metadata may name their plan or package.
create function private.apply_product(p_source text, p_id text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'product', p_id);
  v_object jsonb;
  v_price_id text;
  v_missing text;
begin
  v_object := private.whole_object(p_source, 'product', p_id, v_version);
  perform private.put_product(
    p_source, p_id, v_object ->> 'name', v_object ->> 'description', v_object #>> '{images,0}',
    coalesce((v_object ->> 'active')::boolean, true),
    coalesce(nullif(v_object -> 'metadata', 'null'), '{}'::jsonb),
    case when v_version.rank = 9 then v_version.created end,
    coalesce(private.unix_time(v_object ->> 'created'), v_version.created)
  );
  for v_price_id in select p.id from public.prices as p where p.product_id = p_id order by p.id loop
    v_missing := coalesce(v_missing, private.link_price(v_price_id));
  end loop;
  return coalesce(v_missing, 'applied');
end;
$$;
