create function private.refuse_amount(p_checkout public.checkouts, p_amount text, p_currency text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT422', message = 'amount_mismatch',
    detail = format('Offered %s %s, Stripe says %s %s.', p_checkout.unit_amount,
      p_checkout.currency, p_amount, p_currency),
    hint = 'Compare the checkout with the payment in Stripe.';
end;
$$;
