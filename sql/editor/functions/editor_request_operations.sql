-- The gate of editor: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has.
create function private.editor_request_operations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_requests private.job_request[];
begin
  select array_agg(
    row(
      o.user_id,
      'editor.' || o.operation_type,
      o.id,
      o.input_data - 'source'
        || jsonb_strip_nulls(jsonb_build_object(
          'operation', o.operation_type, 'image_id', o.image_id,
          'variant', case when o.operation_type = 'upscale' then (o.input_data ->> 'factor') || 'x' end
        ))
        || case
          when o.operation_type = 'generate' then '{}'::jsonb
          else jsonb_build_object('source', private.editor_source(i, o.input_data ->> 'source'))
        end,
      'editor.' || o.operation_type,
      case when o.operation_type = 'upscale' then (o.input_data ->> 'factor') || 'x' end,
      1
    )::private.job_request
    order by o.id
  )
  into v_requests
  from inserted as o
  join editor.images as i on i.id = o.image_id;
  perform private.request_jobs(v_requests);
  return null;
end;
$$;
