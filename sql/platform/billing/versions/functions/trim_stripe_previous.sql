-- What is kept of previous_attributes: what is kept of the object as it was, where that
-- differs. A change of anything else is none here, and says nothing of the order.
create function private.trim_stripe_previous(p_type text, p_object jsonb, p_previous jsonb, p_kept jsonb)
returns jsonb
language plpgsql
immutable
strict
set search_path = ''
as $$
declare
  v_was jsonb := private.trim_stripe_object(p_type, private.with_values(p_object, p_previous));
begin
  if v_was = p_kept then
    return null;
  end if;
  return (
    select jsonb_object_agg(w.key, w.value)
    from jsonb_each(v_was) as w
    where w.value is distinct from p_kept -> w.key
  );
end;
$$;
