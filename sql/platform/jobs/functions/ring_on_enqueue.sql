create function private.ring_on_enqueue()
returns trigger
language plpgsql
security definer            -- the secret is not the caller's to read
set search_path = ''
as $$
begin
  perform private.ring_doorbell();
  return null;
end;
$$;
