-- Begins a purchase of a package by the caller: the offer is written down as it is
-- now, and the webhook will grant what is written. The same key gives the same one.
create function private.create_checkout(p_package_id uuid, p_idempotency_key text)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
  v_package public.credit_packages;
  v_checkout public.checkouts;
begin
  perform private.require_active(v_profile.id);
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  select * into v_checkout
  from public.checkouts as c
  where c.user_id = v_profile.id and c.idempotency_key = p_idempotency_key;
  select * into v_package
  from public.credit_packages as p
  where p.id = p_package_id and (p.is_active or p.id = v_checkout.package_id);
  if not found then
    raise exception using
      errcode = 'PT404', message = 'package_not_found',
      detail = format('There is no package %s for sale.', coalesce(p_package_id::text, 'null')),
      hint = 'The packages are in public.credit_packages.';
  end if;

  if v_checkout.id is null then
    v_checkout := private.begin_checkout(v_profile.id, v_package, p_idempotency_key);
  end if;
  if v_checkout.package_id <> p_package_id then
    perform private.refuse_reused_key(p_idempotency_key);
  end if;

  return jsonb_build_object(
    'checkout_id', v_checkout.id,
    'user_id', v_profile.id,
    'email', v_profile.email,
    'status', v_checkout.status,
    'external_id', v_checkout.external_id,
    'url', v_checkout.url,
    'stripe_customer_id', (
      select c.stripe_customer_id from public.customers as c where c.user_id = v_profile.id
    ),
    'package', jsonb_build_object(
      'id', v_package.id,
      'name', v_package.name,
      'description', v_package.description,
      'credits', v_checkout.credits,
      'unit_amount', v_checkout.unit_amount,
      'currency', v_checkout.currency,
      'stripe_price_id', v_package.stripe_price_id
    )
  );
end;
$$;
grant execute on function private.create_checkout(uuid, text) to authenticated;
