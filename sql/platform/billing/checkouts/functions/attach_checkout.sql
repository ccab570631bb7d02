-- Notes the provider's session of a checkout, once; another session for it is PT409.
create function private.attach_checkout(
  p_checkout_id uuid,
  p_external_id text,
  p_url text,
  p_stripe_customer_id text default null
)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  perform private.check_text('p_external_id', p_external_id, 255);
  perform private.check_text('p_url', p_url, 4096);
  if p_stripe_customer_id is not null then
    perform private.check_text('p_stripe_customer_id', p_stripe_customer_id, 255);
  end if;
  -- The user's billing first, as everywhere: a webhook may be at this very checkout.
  perform private.lock_customer(c.user_id) from public.checkouts as c where c.id = p_checkout_id;
  select * into v_checkout
  from public.checkouts as c
  where c.id = p_checkout_id
  for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'checkout_not_found',
      detail = format('There is no checkout %s.', coalesce(p_checkout_id::text, 'null')),
      hint = 'Send the id that create_checkout returned.';
  end if;
  if v_checkout.external_id is null and not exists (
    select 1
    from public.checkouts as c
    where c.source = v_checkout.source and c.external_id = p_external_id
  ) then
    update public.checkouts as c
    set external_id = p_external_id, url = p_url
    where c.id = p_checkout_id
    returning * into v_checkout;
  end if;
  if v_checkout.external_id is distinct from p_external_id then
    raise exception using
      errcode = 'PT409', message = 'checkout_already_attached',
      detail = format(
        'Checkout %s has %s, not %s.', p_checkout_id,
        coalesce('the session ' || v_checkout.external_id, 'no session'), p_external_id
      ),
      hint = 'A checkout has one session, and a session one checkout.';
  end if;
  perform private.attach_customer(v_checkout.user_id, p_stripe_customer_id);
  perform private.wake_events('stripe', array['checkout:' || p_checkout_id]);
  return jsonb_build_object(
    'checkout_id', v_checkout.id, 'session_id', v_checkout.external_id, 'url', v_checkout.url
  );
end;
$$;
grant execute on function private.attach_checkout(uuid, text, text, text) to service_role;
