-- Locks the product rows that jobs stand on, through the function that their type
-- names; it gets all of them, so that it can lock every parent before any child.
create function private.lock_subjects(p_lock_subject text, p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if to_regprocedure(p_lock_subject || '(public.jobs[])') is null then
    -- Without its product a job must still end, or its hold stays open for ever.
    raise warning '"%(public.jobs[])" does not exist: its rows are not locked', p_lock_subject;
    return;
  end if;
  execute format('select %s($1)', to_regprocedure(p_lock_subject || '(public.jobs[])')::oid::regproc)
    using p_jobs;
end;
$$;
