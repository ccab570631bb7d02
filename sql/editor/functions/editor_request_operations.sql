-- The gate of editor: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has. The steps
-- of pipelines are requested with their pipelines.
create function private.editor_request_operations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
begin
  perform private.request_jobs(array(
    select
      row(
        o.user_id,
        'editor.' || o.operation_type,
        o.id,
        private.editor_payload(o, private.editor_source(o)),
        'editor.' || o.operation_type,
        private.editor_variant(o.operation_type, o.input_data),
        1
      )::private.job_request
    from inserted as n
    join editor.image_operations as o on o.id = n.id
    where o.pipeline_id is null
    order by o.id
  ));
  return null;
end;
$$;
