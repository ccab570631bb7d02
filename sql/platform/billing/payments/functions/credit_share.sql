-- The credits of so much of a payment's money, rounded, at most all.
create function private.credit_share(p_credits integer, p_amount bigint, p_paid integer)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return least(round(p_credits::numeric * least(p_amount, p_paid) / p_paid), p_credits)::integer;
end;
$$;
