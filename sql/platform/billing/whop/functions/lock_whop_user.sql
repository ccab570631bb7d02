-- Finds the user whom an object of Whop is about, and locks their billing; null when
-- that is not known yet. In this order: whose payment it is; whose this very object
-- is; whose Whop user it is; whom the metadata of the checkout names; whose address it
-- is. What names its Whop user ties them to the user that was found.
create function private.lock_whop_user(p_type text, p_id text, p_object jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_whop_user_id text := coalesce(
    private.whop_reference(p_object, 'user'), private.whop_reference(p_object -> 'payment', 'user')
  );
  v_user_id uuid;
begin
  if p_type in ('refund', 'dispute') then
    select p.user_id into v_user_id
    from private.payment_of('whop', array[private.whop_reference(p_object, 'payment')]) as p;
  end if;
  if v_user_id is null then
    select o.user_id into v_user_id
    from private.billing_objects as o
    where o.source = 'whop' and o.type = p_type and o.id = p_id;
  end if;
  v_user_id := coalesce(
    v_user_id,
    private.billing_user('whop', v_whop_user_id, p_object -> 'metadata'),
    private.whop_email_user(p_object)
  );
  if v_user_id is null then
    return null;
  end if;
  perform private.lock_customer(v_user_id);
  perform private.attach_customer(v_user_id, v_whop_user_id, 'whop');
  return v_user_id;
end;
$$;
