-- One operation on many images of the caller. It is one insert: one look at the lane,
-- and all or nothing.
create function private.editor_request_batch(
  p_image_ids uuid[],
  p_operation_type text,
  p_input_data jsonb
)
returns setof editor.image_operations
language plpgsql
security definer            -- inserts whatever the caller's rights on single columns are
set search_path = ''
as $$
declare
  v_count integer := coalesce(cardinality(p_image_ids), 0);
begin
  perform private.require_user_id();
  if v_count not between 1 and 100
    or v_count <> (select count(distinct m.id) from unnest(p_image_ids) as m (id)) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = format('p_image_ids has %s ids: 1 to 100 are taken, each once.', v_count),
      hint = 'Send more images in a second call.';
  end if;
  return query
    insert into editor.image_operations (image_id, operation_type, input_data)
    select m.id, p_operation_type, p_input_data
    from unnest(p_image_ids) with ordinality as m (id, n)
    order by m.n
    returning *;
end;
$$;
grant execute on function private.editor_request_batch(uuid[], text, jsonb) to authenticated;
