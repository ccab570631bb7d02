-- The provider answered a top-up's job: {outcome: accepted | declined, code}. What is
-- accepted is paid once its webhook says so.
create function private.finish_top_up(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  case coalesce(p_job.result ->> 'outcome', '')
    when 'accepted' then
      null;
    when 'declined' then
      perform private.fail_top_up(p_job.subject_id, p_job.result ->> 'code', now());
    else
      raise exception using
        errcode = 'PT422', message = 'result_invalid',
        detail = 'The result has no outcome "accepted" or "declined".';
  end case;
end;
$$;
