-- Whop's words are Stripe's, and two more: one that was closed ended without a loss;
-- any other is looked at, and does nothing.
create function private.read_whop_dispute(p_object jsonb)
returns private.dispute_facts
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    p_object ->> 'id',
    array_remove(array[private.whop_reference(p_object, 'payment')], null),
    case
      when p_object ->> 'status' in (
        'warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response',
        'under_review', 'won', 'lost'
      ) then p_object ->> 'status'
      when p_object ->> 'status' = 'closed' then 'won'
      else 'warning_under_review'
    end,
    private.whop_minor_units(p_object -> 'amount', p_object ->> 'currency'),
    lower(coalesce(p_object ->> 'currency', p_object #>> '{amount,currency}')),
    p_object ->> 'reason',
    private.whop_time(p_object -> 'needs_response_by'),
    private.whop_time(p_object -> 'created_at')
  )::private.dispute_facts;
end;
$$;
