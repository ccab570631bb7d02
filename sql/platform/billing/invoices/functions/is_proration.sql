-- Whether a line of an invoice of Stripe is for a part of a period, in either generation.
create function private.is_proration(p_line jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce((p_line ->> 'proration')::boolean, false)
    or coalesce((p_line #>> '{parent,subscription_item_details,proration}')::boolean, false)
    or coalesce((p_line #>> '{parent,invoice_item_details,proration}')::boolean, false);
$$;
