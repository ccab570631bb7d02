-- Whether an object had these values before: Stripe's previous_attributes name what
-- an event changed, objects in part, lists whole. What was not there is null in them.
create function private.had_values(p_object jsonb, p_previous jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_key text;
  v_value jsonb;
begin
  for v_key, v_value in select e.key, e.value from jsonb_each(p_previous) as e loop
    if jsonb_typeof(v_value) = 'object' and jsonb_typeof(p_object -> v_key) = 'object' then
      if not private.had_values(p_object -> v_key, v_value) then
        return false;
      end if;
    elsif coalesce(p_object -> v_key, 'null'::jsonb) <> v_value then
      return false;
    end if;
  end loop;
  return true;
end;
$$;
