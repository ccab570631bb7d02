-- Makes a customer of Stripe the user's, if the user has none, and says which one
-- is. Of two that were made at once the first told stays.
create function private.claim_stripe_customer(p_user_id uuid, p_stripe_customer_id text)
returns text
language plpgsql
security definer            -- customers are not the caller's to write
set search_path = ''
as $$
declare
  v_customer public.customers;
begin
  perform private.check_text('p_stripe_customer_id', p_stripe_customer_id, 255);
  if not exists (select 1 from public.profiles as p where p.id = p_user_id) then
    raise exception using
      errcode = 'PT404', message = 'user_not_found',
      detail = format('There is no user %s.', coalesce(p_user_id::text, 'null')),
      hint = 'Send the id of a profile.';
  end if;
  v_customer := private.lock_customer(p_user_id);
  if v_customer.stripe_customer_id is not null then
    return v_customer.stripe_customer_id;
  end if;
  perform private.attach_customer(p_user_id, p_stripe_customer_id);
  select * into v_customer from public.customers as c where c.user_id = p_user_id;
  if v_customer.stripe_customer_id is null then
    raise exception using
      errcode = 'PT409', message = 'customer_taken',
      detail = format('The customer %s is another user''s.', p_stripe_customer_id),
      hint = 'Compare the customer''s metadata in Stripe with public.customers.';
  end if;
  return v_customer.stripe_customer_id;
end;
$$;
grant execute on function private.claim_stripe_customer(uuid, text) to service_role;
