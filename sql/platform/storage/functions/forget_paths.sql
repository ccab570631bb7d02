-- What a removal does once it succeeded: the names of files that are gone are its
-- user's words, and go too.
create function private.forget_paths(p_job public.jobs)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.jobs as j
  set payload = jsonb_build_object(
    'bucket', j.payload -> 'bucket', 'removed', jsonb_array_length(j.payload -> 'paths')
  )
  where j.id = p_job.id;
end;
$$;
