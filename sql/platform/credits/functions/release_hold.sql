-- Gives back what a hold has not captured. Repeating it returns the row.
create function private.release_hold(p_hold_id uuid, p_now timestamptz default now())
returns public.credit_holds
language plpgsql
security definer            -- the account row is not the caller's to write
set search_path = ''
as $$
begin
  return private.end_hold(p_hold_id, 'released', p_now);
end;
$$;
grant execute on function private.release_hold(uuid, timestamptz) to service_role;
