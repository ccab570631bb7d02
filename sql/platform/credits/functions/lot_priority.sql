-- What burns first: credits that were given and run out before credits that were paid.
create function private.lot_priority(p_source text)
returns smallint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_source
    when 'trial_grant' then 10
    when 'monthly_reset' then 20
    when 'bonus' then 30
    when 'refund' then 40
    when 'adjustment' then 40
    else 50
  end::smallint;
end;
$$;
