-- Sets the caller's auto-top-up. Off: the rest may be null and stays as it was. On: a
-- saved payment method is needed, the package must lift the balance over the
-- threshold, and the cap must have room for one. The declined card stays declined:
-- only another card closes the breaker.
create function private.set_auto_top_up(
  p_enabled boolean,
  p_threshold integer,
  p_package_id uuid,
  p_monthly_cap integer
)
returns public.auto_top_ups
language plpgsql
security definer            -- the setting is watched by the account, which is not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_package public.credit_packages;
  v_setting public.auto_top_ups;
  v_balance integer;
begin
  perform private.check_text('p_enabled', p_enabled::text, 5);
  perform private.require_active(v_user_id);
  perform private.lock_customer(v_user_id);
  if not p_enabled then
    update public.auto_top_ups as t
    set enabled = false, look_again_at = null
    where t.user_id = v_user_id
    returning * into v_setting;
    -- What was asked for and not yet begun is not charged any more.
    perform private.cancel_jobs(
      array(
        select j.id
        from public.jobs as j
        where j.user_id = v_user_id and j.type = 'billing.top_up' and j.status = 'queued' and j.attempts = 0
      ),
      'The auto-top-up was turned off.'
    );
    update public.credit_accounts as a set top_up_at = null where a.user_id = v_user_id;
    return v_setting;
  end if;

  select * into v_package
  from public.credit_packages as p
  where p.id = p_package_id and p.is_active;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'package_not_found',
      detail = format('There is no package %s for sale.', coalesce(p_package_id::text, 'null')),
      hint = 'The packages are in public.credit_packages.';
  end if;
  if p_threshold is null or p_threshold not between 1 and v_package.credits
    or v_package.unit_amount = 0
    or p_monthly_cap is null or p_monthly_cap < v_package.unit_amount then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = format(
        'Threshold %s, cap %s: the package has %s credits for %s %s.', coalesce(p_threshold::text, 'null'),
        coalesce(p_monthly_cap::text, 'null'), v_package.credits, v_package.unit_amount, v_package.currency
      ),
      hint = 'Send a threshold of 1 to the package''s credits and a monthly cap of at least its price, in minor units.';
  end if;
  if private.saved_payment_method(v_user_id) is null then
    raise exception using
      errcode = 'PT422', message = 'payment_method_missing',
      detail = 'No payment method of yours is saved.',
      hint = 'Add a card in the billing portal, or subscribe.';
  end if;

  insert into public.auto_top_ups as t (
    user_id, enabled, threshold, package_id, unit_amount, currency, monthly_cap
  )
  values (
    v_user_id, true, p_threshold, v_package.id, v_package.unit_amount, v_package.currency, p_monthly_cap
  )
  on conflict (user_id) do update
  set
    enabled = true,
    threshold = excluded.threshold,
    package_id = excluded.package_id,
    unit_amount = excluded.unit_amount,
    currency = excluded.currency,
    monthly_cap = excluded.monthly_cap,
    look_again_at = null
  returning * into v_setting;
  -- A balance that is below already counts as one that fell.
  update public.credit_accounts as a
  set top_up_at = p_threshold
  where a.user_id = v_user_id
  returning a.balance into v_balance;
  if v_balance < p_threshold then
    insert into private.balance_crossings (user_id) values (v_user_id) on conflict (user_id) do nothing;
  end if;
  return v_setting;
end;
$$;
grant execute on function private.set_auto_top_up(boolean, integer, uuid, integer) to authenticated;
