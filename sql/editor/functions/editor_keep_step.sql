-- A step lives and goes with its pipeline, whose next steps stand on its result.
create function private.editor_keep_step()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if pg_trigger_depth() = 1 then
    raise exception using
      errcode = 'PT422', message = 'step_of_pipeline',
      detail = format('Operation %s is a step of pipeline %s.', old.id, old.pipeline_id),
      hint = 'Delete the pipeline.';
  end if;
  return old;
end;
$$;
