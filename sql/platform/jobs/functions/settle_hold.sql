-- Settles an ended job's part of its hold: success captures its price; the last
-- job of a hold gives the rest back. Whether it is the last is asked under the
-- account lock, so of two that end at once one sees the other.
create function private.settle_hold(p_job public.jobs, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_hold public.credit_holds;
  v_is_last boolean;
  v_price integer;
begin
  if p_job.hold_id is null then
    return;
  end if;
  v_hold := private.lock_hold(p_job.hold_id, p_now);
  if v_hold.status <> 'held' then
    return;                 -- ended by an operator; the job's end stands
  end if;
  v_is_last := not exists (
    select 1 from public.jobs as j where j.hold_id = p_job.hold_id and j.finished_at is null
  );
  v_price := case
    when p_job.status = 'completed' then least(p_job.price, v_hold.amount - v_hold.captured)
    else 0
  end;
  if v_price > 0 then
    perform private.capture_locked_hold(
      v_hold, v_price, v_is_last, null, p_job.id, p_now
    );
  elsif v_is_last then
    perform private.release_hold(p_job.hold_id, p_now);
  end if;
end;
$$;
