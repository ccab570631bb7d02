-- Removes an image that has expired, with its files. One that is worked on waits a
-- day; one whose user has a longer plan by now stays as long as that says. Locked as a
-- deletion does: a request that is under way for it is seen, not taken along.
create function private.editor_expire_image(p_image_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_image editor.images;
  v_expires_at timestamptz;
begin
  select * into v_image from editor.images as i where i.id = p_image_id for update;
  if not found or v_image.expires_at is null or v_image.expires_at > p_now then
    return;
  end if;
  v_expires_at := private.editor_expiry(v_image.user_id, v_image.created_at);
  if private.editor_image_status(p_image_id, 'ended') = 'processing' then
    v_expires_at := greatest(v_expires_at, p_now + interval '1 day');
  end if;
  if v_expires_at <= p_now then
    delete from editor.images as i where i.id = p_image_id;
  else
    update editor.images as i set expires_at = v_expires_at where i.id = p_image_id;
  end if;
end;
$$;
