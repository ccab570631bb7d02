-- A payment intent that failed: of a top-up, it was declined. Any other has a session,
-- whose own events tell how it ended.
create function private.apply_failed_intent(p_intent jsonb, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_id text := p_intent #>> '{metadata,checkout_id}';
begin
  if private.is_uuid(v_id) and exists (select 1 from public.top_ups as t where t.id = v_id::uuid) then
    perform private.fail_top_up(
      v_id::uuid,
      coalesce(
        p_intent #>> '{last_payment_error,decline_code}', p_intent #>> '{last_payment_error,code}'
      ),
      p_now
    );
  end if;
  return 'applied';
end;
$$;
