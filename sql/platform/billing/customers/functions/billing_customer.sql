-- Who the caller is to Stripe. Who is deactivated may still see and stop their bills.
create function private.billing_customer()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's own rows whatever the policies say
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
begin
  return jsonb_build_object(
    'user_id', v_profile.id,
    'email', v_profile.email,
    'stripe_customer_id', (
      select c.stripe_customer_id from public.customers as c where c.user_id = v_profile.id
    )
  );
end;
$$;
grant execute on function private.billing_customer() to authenticated;
