-- The variant of an operation in the price book, or null.
create function private.editor_variant(p_operation text, p_input jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when p_operation = 'upscale' then (p_input ->> 'factor') || 'x' end;
$$;
