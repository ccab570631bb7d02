-- A uuid that begins with the time: rows that come one after the other lie together in
-- its index, where those of a random one would each touch a page of their own.
create function private.ordered_uuid()
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return encode(
    overlay(
      uuid_send(gen_random_uuid())
      placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      from 1 for 6
    ),
    'hex'
  )::uuid;
end;
$$;
