-- The steps of a pipeline with their defaults, or PT400 input_invalid. What it gives it
-- also takes: a row that was read can be sent again.
create function private.editor_check_steps(p_steps jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_step jsonb;
  v_n integer := 0;
  v_operation text;
  v_input jsonb;
  v_problem text;
  v_steps jsonb := '[]'::jsonb;
begin
  if jsonb_typeof(p_steps) is distinct from 'array' or jsonb_array_length(p_steps) not between 1 and 5 then
    v_problem := 'steps must be an array of 1 to 5.';
  end if;
  for v_step in
    select s.value
    from jsonb_array_elements(case when v_problem is null then p_steps else '[]'::jsonb end) as s
  loop
    v_n := v_n + 1;
    v_operation := v_step ->> 'operation_type';
    if jsonb_typeof(v_step) <> 'object' then
      v_problem := format('step %s must be an object.', v_n);
    elsif v_operation = 'generate' and v_n > 1 then
      v_problem := 'generate can only be the first step.';
    elsif v_operation = 'vectorize' and v_n < jsonb_array_length(p_steps) then
      v_problem := 'vectorize can only be the last step: no other works on an SVG.';
    elsif v_n > 1 and coalesce(v_step #>> '{input_data,source}', 'previous') <> 'previous' then
      v_problem := 'only the first step has a source: the others work on the result before.';
    end if;
    exit when v_problem is not null;
    v_input := nullif(v_step -> 'input_data', 'null'::jsonb);
    if v_n = 1 then
      v_input := private.editor_check_input(v_operation, v_input);
    else
      if jsonb_typeof(v_input) = 'object' then
        v_input := v_input - 'source';
      end if;
      v_input := private.editor_check_input(v_operation, v_input) || '{"source": "previous"}'::jsonb;
    end if;
    v_steps := v_steps || jsonb_build_object('operation_type', v_operation, 'input_data', v_input);
  end loop;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = v_problem,
      hint = 'See the comment of editor.image_pipelines.steps.';
  end if;
  return v_steps;
end;
$$;
