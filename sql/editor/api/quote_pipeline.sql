create function editor.quote_pipeline(p_steps jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.editor_quote_pipeline(p_steps);
end;
grant execute on function editor.quote_pipeline(jsonb) to authenticated;
comment on function editor.quote_pipeline(jsonb) is
  'What a row of image_pipelines with these steps will hold, as {credits, steps: [credits of each]}. Errors: PT400 input_invalid; PT404 price_not_found.';
