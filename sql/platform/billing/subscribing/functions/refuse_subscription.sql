create function private.refuse_subscription(p_id text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format('The change is of %s.', p_id),
    hint = 'Send that subscription as Stripe has it.';
end;
$$;
