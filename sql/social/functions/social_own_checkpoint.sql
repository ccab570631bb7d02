-- A checkpoint belongs to its thread's user. The conversation is kept from being
-- deleted until this commits, so that no state outlives it, and from being pruned.
create function private.social_own_checkpoint()
returns trigger
language plpgsql
security definer            -- the checkpointer reads its own tables alone
set search_path = ''
as $$
begin
  select m.user_id into new.user_id
  from social.ai_studio_conversation_metadata as m
  where m.thread_id = new.thread_id
  for key share;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'thread_unknown',
      detail = format('There is no conversation with the thread "%s".', left(new.thread_id, 255)),
      hint = 'Insert into ai_studio_conversation_metadata first.';
  end if;
  return new;
end;
$$;
