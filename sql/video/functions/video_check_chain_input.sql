-- The input of a chain's run, or PT400: an object; its image is an upload of the user
-- or a public address.
create function private.video_check_chain_input(p_user_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_input jsonb := coalesce(p_input, '{}'::jsonb);
begin
  if jsonb_typeof(v_input) <> 'object' or pg_column_size(v_input) > 65536
    or jsonb_typeof(coalesce(v_input -> 'prompt', '""')) not in ('string', 'null')
    or jsonb_typeof(coalesce(v_input -> 'image', '""')) not in ('string', 'null')
    or char_length(v_input ->> 'prompt') > 5000 then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'The input must be an object of at most 64 kB; prompt (at most 5000 characters) and image are texts.',
      hint = 'Send {"prompt", "image", …}.';
  end if;
  if btrim(v_input ->> 'image') = '' then
    v_input := v_input - 'image';
  end if;
  if v_input ->> 'image' is not null then
    perform private.video_require_reference(p_user_id, v_input ->> 'image');
  end if;
  return jsonb_strip_nulls(v_input);
end;
$$;
