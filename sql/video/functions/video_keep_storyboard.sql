-- A storyboard lasts as long as its frames, rounded up to seconds, and belongs to a
-- campaign of its user. Frames of the wrong shape are the check's to refuse.
create function private.video_keep_storyboard()
returns trigger
language plpgsql
security definer            -- looks the campaign up whatever the caller sees
set search_path = ''
as $$
begin
  perform private.video_require_campaign(new.user_id, new.campaign_id);
  new.total_duration := (
    select least(coalesce(ceil(sum((d.value #>> '{}')::numeric)), 0), 2147483647)::integer
    from jsonb_path_query(new.frames, '$[*].duration ? (@.type() == "number")') as d (value)
  );
  return new;
end;
$$;
