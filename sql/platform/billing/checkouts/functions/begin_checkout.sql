-- Writes an offer down as it is now. Of two first calls with one key the second
-- finds what the first wrote.
create function private.begin_checkout(
  p_user_id uuid,
  p_package public.credit_packages,
  p_idempotency_key text
)
returns public.checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout public.checkouts;
begin
  insert into public.checkouts as c (
    user_id, package_id, idempotency_key, credits, unit_amount, currency, expires_after
  )
  values (
    p_user_id, p_package.id, p_idempotency_key, p_package.credits, p_package.unit_amount,
    p_package.currency, p_package.expires_after
  )
  on conflict (user_id, idempotency_key) do nothing
  returning * into v_checkout;
  if not found then
    select * into v_checkout
    from public.checkouts as c
    where c.user_id = p_user_id and c.idempotency_key = p_idempotency_key;
    return v_checkout;
  end if;
  if (
    select count(*)
    from public.checkouts as c
    where c.user_id = p_user_id and c.status = 'open' and c.created_at > now() - interval '1 hour'
  ) > 60 then
    raise exception using
      errcode = 'PT429', message = 'too_many_checkouts',
      detail = 'More than 60 purchases were begun within an hour.',
      hint = 'Finish one, or wait.';
  end if;
  return v_checkout;
end;
$$;
