-- What a request may say. The user, the provider and the state are not the
-- caller's to choose, whatever they send; the steps of a pipeline come from its own
-- trigger alone.
create function private.editor_prepare_operation()
returns trigger
language plpgsql
security definer            -- looks the image up whatever the caller sees
set search_path = ''
as $$
begin
  if pg_trigger_depth() = 1 then
    new.pipeline_id := null;
    new.step := null;
  end if;
  new.user_id := (private.editor_require_image(new.image_id)).user_id;
  new.api_provider := 'auto';
  new.status := 'pending';
  if new.pipeline_id is null then
    new.input_data := private.editor_check_input(new.operation_type, new.input_data);
  end if;
  new.output_data := null;
  new.error_message := null;
  new.processing_time := null;
  new.credits_used := null;
  new.api_cost := null;
  new.completed_at := null;
  return new;
end;
$$;
