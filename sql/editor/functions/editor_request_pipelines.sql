-- The gate of pipelines, once a statement: all steps are rows from the start, the
-- first one's job is enqueued, and each success enqueues the next
-- (private.editor_continue_pipeline).
create function private.editor_request_pipelines()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
begin
  insert into editor.image_operations (image_id, user_id, pipeline_id, step, operation_type, input_data)
  select p.image_id, p.user_id, p.id, s.n, s.value ->> 'operation_type', s.value -> 'input_data'
  from inserted as p
  cross join jsonb_array_elements(p.steps) with ordinality as s (value, n)
  order by p.id, s.n;

  perform private.request_chains(array(
    select
      row(
        p.user_id,
        o.id,
        private.editor_payload(o, private.editor_source(o)),
        array(
          select 'editor.' || (s.value ->> 'operation_type')
          from jsonb_array_elements(p.steps) with ordinality as s (value, n)
          order by s.n
        ),
        p.prices,
        'editor.pipeline',
        jsonb_build_object('operation', 'editor.pipeline', 'subject_id', p.id)
      )::private.job_chain
    from inserted as p
    join editor.image_operations as o on o.pipeline_id = p.id and o.step = 1
    order by p.id
  ));
  return null;
end;
$$;
