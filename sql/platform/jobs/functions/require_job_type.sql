-- A type that takes jobs, or PT400 job_type_unknown.
create function private.require_job_type(p_type text)
returns public.job_types
language plpgsql
stable
set search_path = ''
as $$
declare
  v_type public.job_types;
begin
  select * into v_type from public.job_types as t where t.type = p_type and t.is_active;
  if not found then
    raise exception using
      errcode = 'PT400', message = 'job_type_unknown',
      detail = format('"%s" is not an active type of job.', p_type),
      hint = 'The types are in public.job_types.';
  end if;
  return v_type;
end;
$$;
