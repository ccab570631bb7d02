-- The metadata by which an object of Stripe may name its user: its own, over that of
-- its subscription.
create function private.stripe_metadata(p_object jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(nullif(p_object #> '{subscription_details,metadata}', 'null'), '{}'::jsonb)
    || coalesce(nullif(p_object #> '{parent,subscription_details,metadata}', 'null'), '{}'::jsonb)
    || coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);
end;
$$;
