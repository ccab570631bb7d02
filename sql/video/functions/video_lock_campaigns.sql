-- Locks the caller's campaigns before a statement locks generations, as a job's end
-- does: parents before children, each in order of id.
create function private.video_lock_campaigns()
returns trigger
language plpgsql
security definer            -- a lock needs the right to update
set search_path = ''
as $$
begin
  perform 1
  from video.campaigns as c
  where c.user_id = private.user_id()
  order by c.id
  for no key update;
  return null;
end;
$$;
