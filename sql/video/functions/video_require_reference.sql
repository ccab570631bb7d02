-- Where a reference image is: {bucket, path} of an upload of the user, or {url} of a
-- public address. Anything else is refused: PT400 url_not_allowed for an address that
-- is not public, else as private.require_upload refuses.
create function private.video_require_reference(p_user_id uuid, p_url text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if private.storage_path('uploads', p_url) is null and p_url ~ '^([A-Za-z][A-Za-z0-9+.-]*:|//)' then
    if not private.is_public_url(p_url) then
      raise exception using
        errcode = 'PT400', message = 'url_not_allowed',
        detail = 'The address of the reference image is not a public https address.',
        hint = 'Upload the image, or send an https address that everybody can open.';
    end if;
    return jsonb_build_object('url', p_url);
  end if;
  return jsonb_build_object('bucket', 'uploads', 'path', private.require_upload(p_user_id, p_url));
end;
$$;
