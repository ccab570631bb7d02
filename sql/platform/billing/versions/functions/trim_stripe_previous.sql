-- Of previous_attributes what tells of a change of what is kept. A change of anything
-- else would now seem to be none, and say nothing of the order.
create function private.trim_stripe_previous(p_type text, p_previous jsonb, p_kept jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(e.key, e.value)
  from jsonb_each(private.trim_stripe_object(p_type, p_previous)) as e
  where not private.had_values(p_kept, jsonb_build_object(e.key, e.value));
$$;
