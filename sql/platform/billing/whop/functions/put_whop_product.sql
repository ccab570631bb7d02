-- Mirrors a product of Whop from all that was said of it, and links its prices anew,
-- since its metadata may name their plan or package.
create function private.put_whop_product(p_id text, p_facts jsonb, p_told_at timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_all jsonb := private.note_whop_facts('product', p_id, p_facts, p_told_at);
  v_price_id text;
  v_missing text;
begin
  if v_all is null then
    return null;
  end if;
  perform private.put_product(
    'whop', p_id, coalesce(v_all ->> 'name', p_id), v_all ->> 'description', null,
    coalesce((v_all ->> 'active')::boolean, true), coalesce(v_all -> 'metadata', '{}'::jsonb),
    case when v_all ->> 'deleted' = 'true' then p_told_at end, p_told_at
  );
  for v_price_id in select p.id from public.prices as p where p.product_id = p_id order by p.id loop
    v_missing := coalesce(v_missing, private.link_price(v_price_id));
  end loop;
  return v_missing;
end;
$$;
