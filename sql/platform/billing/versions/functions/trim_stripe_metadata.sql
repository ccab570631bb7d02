-- What our functions write into metadata, and read there.
create function private.trim_stripe_metadata(p_metadata jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_metadata is null or p_metadata in ('{}', 'null') then
    return '{}'::jsonb;
  end if;
  return jsonb_strip_nulls(
    jsonb_build_object('user_id', p_metadata -> 'user_id', 'checkout_id', p_metadata -> 'checkout_id')
  );
end;
$$;
