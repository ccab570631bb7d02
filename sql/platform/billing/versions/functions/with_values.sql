-- An object with these values of Stripe's previous_attributes in it: they name objects in
-- part, lists whole. What was not there is null in them, and a key of metadata is not
-- there then.
create function private.with_values(p_object jsonb, p_previous jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_object jsonb := p_object || p_previous;
  v_key text;
  v_part jsonb;
begin
  for v_key, v_part in
    select e.key, private.with_values(p_object -> e.key, e.value)
    from jsonb_each(p_previous) as e
    where jsonb_typeof(e.value) = 'object' and jsonb_typeof(p_object -> e.key) = 'object'
  loop
    v_object := v_object || jsonb_build_object(
      v_key, case when v_key = 'metadata' then jsonb_strip_nulls(v_part) else v_part end
    );
  end loop;
  return v_object;
end;
$$;
