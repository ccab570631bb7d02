create function private.refuse_reused_key(p_idempotency_key text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT409', message = 'idempotency_key_reused',
    detail = format('The key "%s" was used for another call of this user.', p_idempotency_key),
    hint = 'Repeat the first call unchanged, or send a new key.';
end;
$$;
