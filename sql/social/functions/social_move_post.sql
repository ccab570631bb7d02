-- The states of a scheduled post. Retries are counted here, so that nobody forgets.
create function private.social_move_post()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.retry_count := old.retry_count;
  if new.status = old.status then
    return new;
  end if;
  if (old.status, new.status) not in (
    ('queued', 'publishing'), ('queued', 'cancelled'),
    ('publishing', 'published'), ('publishing', 'failed'), ('publishing', 'queued')
  ) then
    raise exception using
      errcode = 'PT422', message = 'status_invalid',
      detail = format('A post that is %s cannot become %s.', old.status, left(new.status, 50)),
      hint = 'See the comment of social.scheduled_posts.';
  end if;
  if new.status = 'queued' then
    if old.retry_count >= 3 then
      raise exception using
        errcode = 'PT422', message = 'retries_exhausted',
        detail = 'A post is tried again 3 times.', hint = 'Let it fail, and schedule it anew.';
    end if;
    new.retry_count := old.retry_count + 1;
  elsif new.status = 'published' then
    -- Comments are polled from now on, for a week.
    new.error_message := null;
    new.stop_at := coalesce(new.stop_at, now() + interval '7 days');
    new.next_check_at := coalesce(new.next_check_at, now() + interval '5 minutes');
  end if;
  return new;
end;
$$;
