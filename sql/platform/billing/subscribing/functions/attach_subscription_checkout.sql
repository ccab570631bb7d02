-- Notes the session of a checkout, once, and lets the next one begin.
create function private.attach_subscription_checkout(
  p_checkout_id uuid,
  p_session_id text,
  p_url text
)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_checkout private.subscription_checkouts;
begin
  perform private.check_text('p_session_id', p_session_id, 255);
  perform private.check_text('p_url', p_url, 4096);
  v_checkout := private.lock_subscription_checkout(p_checkout_id);
  if coalesce(v_checkout.session_id, p_session_id) <> p_session_id then
    raise exception using
      errcode = 'PT409', message = 'checkout_already_attached',
      detail = format(
        'Checkout %s has the session %s, not %s.', p_checkout_id, v_checkout.session_id, p_session_id
      ),
      hint = 'A checkout has one session, and a session one checkout.';
  end if;
  update private.subscription_checkouts as c
  set session_id = p_session_id, url = p_url, held_until = null
  where c.id = p_checkout_id;
  return jsonb_build_object(
    'checkout_id', p_checkout_id, 'session_id', p_session_id, 'url', p_url
  );
end;
$$;
grant execute on function private.attach_subscription_checkout(uuid, text, text) to service_role;
