-- Refuses what is no batch of spends: PT400 batch_invalid, amount_invalid. Values that
-- are missing are refused by the spends themselves.
create function private.check_spends(p_spends jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_spends is null or jsonb_typeof(p_spends) <> 'array' or jsonb_array_length(p_spends) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'p_spends must be an array of at most 1000 spends.',
      hint = 'Send [{"user_id", "amount", "description", "metadata", "idempotency_key"}, …].';
  end if;
  if exists (
    select 1
    from jsonb_array_elements(p_spends) as s
    where not pg_input_is_valid(s.value ->> 'user_id', 'uuid')
  ) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'A user_id is no uuid.', hint = 'Send the users'' ids.';
  end if;
  if exists (
    select 1
    from jsonb_array_elements(p_spends) as s
    where not pg_input_is_valid(s.value ->> 'amount', 'integer')
  ) then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = 'An amount is no whole number of credits.',
      hint = 'Send whole credits from 1 to 1000000000.';
  end if;
end;
$$;
