-- Calls a handler in a subtransaction: when it raises, what it did is undone, its
-- error is kept for operators, and the answer is false. No handler is a success.
create function private.try_handler(p_handler text, p_job public.jobs)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_error text;
begin
  if p_handler is null then
    return true;
  end if;
  begin
    perform private.run_handler(p_handler, p_job);
    return true;
  exception when others then
    -- A deadlock or a serialization failure is the caller's to retry whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_error := format('%s: %s (%s)', p_handler, sqlerrm, sqlstate);
  end;
  insert into private.handler_errors (job_id, error) values (p_job.id, left(v_error, 2000));
  return false;
end;
$$;
