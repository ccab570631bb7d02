-- Grants what is due of a user's payments: the months of plans that are paid by the
-- year and granted by the month.
create function private.post_due_grants(p_user_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_due record;
begin
  perform private.lock_customer(p_user_id);
  for v_due in
    select distinct g.source, g.payment_id
    from private.payment_grants as g
    where g.user_id = p_user_id and g.lot_seq is null and not g.is_cancelled and g.due_at <= p_now
    order by g.source, g.payment_id
  loop
    perform private.settle_payment(v_due.source, v_due.payment_id, p_now);
  end loop;
  perform private.follow_plan(p_user_id);
end;
$$;
