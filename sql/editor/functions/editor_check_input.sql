-- The parameters of an operation with their defaults, or PT400 input_invalid.
create function private.editor_check_input(p_operation text, p_input jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_input jsonb := coalesce(p_input, '{}'::jsonb);
  v_known jsonb := '{}'::jsonb;
  v_problem text;
begin
  if p_operation is null or p_operation not in ('upscale', 'background_removal', 'vectorize', 'generate') then
    v_problem := 'operation_type must be upscale, background_removal, vectorize or generate.';
  elsif jsonb_typeof(v_input) <> 'object' then
    v_problem := 'input_data must be an object.';
  elsif coalesce(v_input ->> 'source', 'original') not in ('original', 'processed') then
    v_problem := 'source must be original or processed.';
  elsif coalesce(v_input ->> 'simulate', 'slow') not in ('fail', 'retry', 'slow', 'no_callback') then
    v_problem := 'simulate must be fail, retry, slow or no_callback.';
  elsif p_operation = 'upscale' and coalesce(v_input ->> 'factor', '2') not in ('2', '4') then
    v_problem := 'factor must be 2 or 4.';
  elsif p_operation = 'generate' then
    if jsonb_typeof(v_input -> 'prompt') is distinct from 'string'
      or char_length(v_input ->> 'prompt') > 2000
      -- White space and what has no width say nothing.
      or regexp_replace(v_input ->> 'prompt', '[\s\u200b-\u200f\u2060\ufeff]', '', 'g') = '' then
      v_problem := 'prompt must have 1 to 2000 characters.';
    elsif coalesce(v_input ->> 'width', '1024') !~ '^\d{2,4}$'
      or coalesce(v_input ->> 'height', '1024') !~ '^\d{2,4}$'
      or coalesce(v_input ->> 'width', '1024')::integer not between 64 and 2048
      or coalesce(v_input ->> 'height', '1024')::integer not between 64 and 2048 then
      v_problem := 'width and height must be 64 to 2048 pixels.';
    end if;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = v_problem,
      hint = 'See the comment of editor.image_operations.input_data.';
  end if;

  if p_operation = 'generate' then
    v_known := jsonb_build_object(
      'prompt', btrim(v_input ->> 'prompt'),
      'width', coalesce(v_input ->> 'width', '1024')::integer,
      'height', coalesce(v_input ->> 'height', '1024')::integer
    );
  else
    v_known := jsonb_build_object('source', coalesce(v_input ->> 'source', 'original'));
  end if;
  if p_operation = 'upscale' then
    v_known := v_known || jsonb_build_object('factor', coalesce(v_input ->> 'factor', '2')::integer);
  end if;
  if v_input ->> 'simulate' is not null then
    v_known := v_known || jsonb_build_object('simulate', v_input ->> 'simulate');
  end if;
  return v_known;
end;
$$;
