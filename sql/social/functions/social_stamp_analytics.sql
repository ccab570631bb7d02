-- Numbers that changed were recorded now, unless their writer says when.
create function private.social_stamp_analytics()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.recorded_at is not distinct from old.recorded_at then
    new.recorded_at := now();
  end if;
  return new;
end;
$$;
