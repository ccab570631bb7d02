-- Calls a product's handler by name. A name that no longer resolves raises: with
-- format() alone a null name would run nothing and look like success.
create function private.run_handler(p_handler text, p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_handler is null or to_regprocedure(p_handler || '(public.jobs)') is null then
    raise exception using
      errcode = 'PT500', message = 'handler_missing',
      detail = format('"%s(public.jobs)" does not exist.', p_handler),
      hint = 'Restore the function or change public.job_types.';
  end if;
  execute format('select %s($1)', to_regprocedure(p_handler || '(public.jobs)')::oid::regproc) using p_job;
end;
$$;
