-- The gate for work of one user that is paid from one hold: all requests are priced,
-- held for together and enqueued, or none. Each job that succeeds takes its own price;
-- what is left returns when the last of them has ended.
create function private.request_envelope(
  p_requests private.job_request[],
  p_description text,
  p_metadata jsonb default null,
  p_now timestamptz default now()
)
returns public.credit_holds
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_prices integer[] := private.prices_of(p_requests);
  v_credits bigint := (select sum(p.credits) from unnest(v_prices) as p (credits));
  v_hold public.credit_holds;
begin
  -- Enqueued without a price first: lanes are locked before the account.
  perform private.request_jobs(array(
    select row(r.user_id, r.type, r.subject_id, r.payload, null, null, null)::private.job_request
    from unnest(p_requests) as r
  ), p_now);
  if v_credits > 0 then
    v_hold := private.hold_credits(
      p_requests[1].user_id, least(v_credits, 2147483647)::integer, p_description, p_metadata,
      p_expires_in => null, p_now => p_now
    );
    update public.jobs as j
    set price = r.credits, hold_id = v_hold.id
    from unnest(p_requests, v_prices) as r (user_id, type, subject_id, payload, operation, variant, quantity, credits)
    where j.subject_id = r.subject_id and j.user_id = r.user_id and j.type = r.type
      and j.finished_at is null;
  end if;
  return v_hold;
end;
$$;
