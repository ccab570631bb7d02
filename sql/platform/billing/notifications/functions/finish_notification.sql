-- A sender says how it went. Without an error it is sent; with one it is due again
-- after a pause that doubles from a minute to six hours, ten times in all. Repeating
-- changes nothing; a sender whose claim ran out and was given to another is told.
create function private.finish_notification(
  p_id uuid,
  p_claim_token uuid,
  p_error text default null,
  p_now timestamptz default now()
)
returns public.notifications_outbox
language plpgsql
security definer            -- the outbox is not the caller's to write
set search_path = ''
as $$
declare
  v_row public.notifications_outbox;
begin
  select * into v_row from public.notifications_outbox as n where n.id = p_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'notification_not_found',
      detail = format('There is no notification %s.', coalesce(p_id::text, 'null')),
      hint = 'Send the id of a row that claim_notifications returned.';
  end if;
  if p_claim_token is null or v_row.claim_token is distinct from p_claim_token then
    raise exception using
      errcode = 'PT409', message = 'lease_lost',
      detail = format('The claim on notification %s is not, or no longer, yours.', p_id),
      hint = 'Another sender has it.';
  end if;
  if v_row.status <> 'due' then
    return v_row;
  end if;
  update public.notifications_outbox as n
  set
    status = case
      when p_error is null then 'sent'
      when n.attempts >= 10 then 'failed'
      else 'due'
    end,
    sent_at = case when p_error is null then p_now end,
    error = left(p_error, 1000),
    due_at = case
      when p_error is not null and n.attempts < 10
        then p_now + least(interval '1 minute' * power(2, n.attempts - 1), interval '6 hours')
    end
  where n.id = p_id
  returning * into v_row;
  return v_row;
end;
$$;
grant execute on function private.finish_notification(uuid, uuid, text, timestamptz) to service_role;
