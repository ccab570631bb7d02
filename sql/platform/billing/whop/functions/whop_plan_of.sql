-- The plan of Whop (our price) that a membership or payment is of; the newest API
-- versions name it in the payment's only line.
create function private.whop_plan_of(p_object jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(private.whop_reference(p_object, 'plan'), p_object #>> '{line_items,0,variant_id}');
end;
$$;
