-- A version is kept for good, so it is kept without what it says of the person (who
-- may leave) and without secrets: names, addresses, cards, evidence. None of it is
-- read. A product's name is no person's.
create function private.trim_stripe_object(p_type text, p_object jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_type in ('product', 'price') then
    return p_object;
  end if;
  return p_object - '{
    email,name,phone,address,shipping,shipping_details,description,client_secret,
    customer_email,customer_name,customer_phone,customer_address,customer_shipping,customer_details,
    customer_tax_ids,collected_information,custom_fields,custom_text,billing_details,receipt_email,
    receipt_url,payment_method_details,payment_method_options,fraud_details,source,sources,card,us_bank_account,
    sepa_debit,link,evidence,last_payment_error,account_name,account_tax_ids,footer
  }'::text[];
end;
$$;
