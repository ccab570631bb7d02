create function private.read_whop_refund(p_object jsonb)
returns private.refund_facts
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    p_object ->> 'id',
    array_remove(array[private.whop_reference(p_object, 'payment')], null),
    coalesce(p_object ->> 'status', 'succeeded'),
    private.whop_minor_units(p_object -> 'amount', p_object ->> 'currency'),
    lower(coalesce(p_object ->> 'currency', p_object #>> '{amount,currency}')),
    p_object ->> 'reason',
    private.whop_time(p_object -> 'created_at')
  )::private.refund_facts;
end;
$$;
