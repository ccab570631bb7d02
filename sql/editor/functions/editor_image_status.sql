-- What an image's status becomes when one of its operations ended: as it ended,
-- unless others are still open.
create function private.editor_image_status(p_image_id uuid, p_ended text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return case
    when exists (
      select 1
      from editor.image_operations as o
      where o.image_id = p_image_id and o.status in ('pending', 'processing')
    ) then 'processing'
    else p_ended
  end;
end;
$$;
