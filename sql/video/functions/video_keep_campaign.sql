-- What a campaign does not take from whoever writes it: its count, when it was
-- completed, and somebody else's guidelines.
create function private.video_keep_campaign()
returns trigger
language plpgsql
security definer            -- looks the guidelines up whatever the caller sees
set search_path = ''
as $$
begin
  perform private.video_require_brand(new.user_id, new.brand_guidelines_id);
  if tg_op = 'INSERT' then
    new.completed_videos := 0;
    -- A new one is refused after the insert; an upsert of a completed one is not.
    new.completed_at := case when new.status = 'completed' then now() end;
    return new;
  end if;

  -- Only triggers of generations count.
  if pg_trigger_depth() = 1 then
    new.completed_videos := old.completed_videos;
  end if;
  new.completed_at := case when new.status = 'completed' then coalesce(old.completed_at, now()) end;
  return new;
end;
$$;
