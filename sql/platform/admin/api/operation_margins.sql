create function public.operation_margins(
  p_from timestamptz default '-infinity',
  p_to timestamptz default 'infinity',
  p_credit_value numeric default null
)
returns table (
  operation text,
  completed bigint,
  failed bigint,
  credits bigint,
  revenue numeric,
  calls bigint,
  unpriced_calls bigint,
  cost numeric,
  margin numeric,
  margin_percent numeric
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.operation_margins(p_from, p_to, p_credit_value);
end;
grant execute on function public.operation_margins(timestamptz, timestamptz, numeric) to authenticated;
comment on function public.operation_margins(timestamptz, timestamptz, numeric) is
  'For admins: what each operation brought in (credits captured, valued in currency units) and what its providers cost, of jobs ended and calls made in [p_from, p_to). unpriced_calls are those whose price api_costs lacks. Errors: PT403 admin_only; PT400 input_invalid.';
