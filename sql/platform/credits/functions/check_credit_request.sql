-- The checks that every ledger function makes of its arguments before it locks.
create function private.check_credit_request(
  p_user_id uuid,
  p_amount integer,
  p_description text,
  p_metadata jsonb,
  p_idempotency_key text
)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_user_id is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_user_id must not be null.', hint = 'Send the user''s id.';
  end if;
  if p_amount is null or p_amount < 1 or p_amount > 1000000000 then
    raise exception using
      errcode = 'PT400', message = 'amount_invalid',
      detail = format('The amount is %s.', coalesce(p_amount::text, 'null')),
      hint = 'Send whole credits from 1 to 1000000000.';
  end if;
  if p_idempotency_key is not null
    and (btrim(p_idempotency_key) = '' or char_length(p_idempotency_key) > 255) then
    raise exception using
      errcode = 'PT400', message = 'idempotency_key_invalid',
      detail = format('The key has %s characters.', char_length(p_idempotency_key)),
      hint = 'Send 1 to 255 characters, or null for none.';
  end if;
  if char_length(p_description) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'argument_too_long',
      detail = format('p_description has %s characters, at most 1000 are taken.', char_length(p_description)),
      hint = 'Send a shorter text.';
  end if;
  if p_metadata is not null
    and (jsonb_typeof(p_metadata) <> 'object' or pg_column_size(p_metadata) > 16384) then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'The metadata is not an object, or larger than 16 kB.',
      hint = 'Send a small JSON object.';
  end if;
end;
$$;
