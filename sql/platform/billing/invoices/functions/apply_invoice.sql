-- Computes an invoice anew from all its versions, and grants what it paid. A draft
-- that was deleted was never one.
create function private.apply_invoice(p_source text, p_id text, p_user_id uuid, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'invoice', p_id);
  v_facts private.invoice_facts;
begin
  if v_version.rank = 9 then
    delete from public.invoices as i where i.source = p_source and i.external_id = p_id;
    return 'applied';
  end if;
  v_facts := private.read_invoice(p_source, v_version.object);
  perform private.put_invoice(p_source, p_user_id, v_facts);
  if v_facts.status = 'paid' then
    return private.settle_invoice(p_source, p_user_id, v_facts, p_now);
  end if;
  return 'applied';
end;
$$;
