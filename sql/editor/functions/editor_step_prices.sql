-- What the checked steps of a pipeline cost, in their order.
create function private.editor_step_prices(p_steps jsonb)
returns integer[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select p.credits
    from jsonb_array_elements(p_steps) with ordinality as s (value, n)
    cross join lateral private.price_of(
      'editor.' || (s.value ->> 'operation_type'),
      private.editor_variant(s.value ->> 'operation_type', s.value -> 'input_data')
    ) as p
    order by s.n
  );
end;
$$;
