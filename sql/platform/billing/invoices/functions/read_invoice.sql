-- What billing reads of an invoice, whoever sent it.
create function private.read_invoice(p_source text, p_object jsonb)
returns private.invoice_facts
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source
    when 'stripe' then private.read_stripe_invoice(p_object)
    when 'whop' then private.read_whop_payment(p_object)
  end;
end;
$$;
