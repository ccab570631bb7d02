-- Locks generations, behind the campaigns that count them, by id. A generation may
-- have been moved while its campaign was waited for; it is not moved out of one that
-- is locked.
create function private.video_lock_rows(p_ids uuid[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = 'force_generic_plan'  -- else planned anew each time: a job locks twice
as $$
declare
  v_locked uuid[] := array[]::uuid[];
  v_next uuid[];
begin
  loop
    v_next := array(
      select g.campaign_id
      from video.generations as g
      where g.id = any (p_ids) and g.campaign_id is not null and g.campaign_id <> all (v_locked)
    );
    exit when cardinality(v_next) = 0;
    perform 1 from video.campaigns as c where c.id = any (v_next) order by c.id for no key update;
    v_locked := v_locked || v_next;
  end loop;
  perform 1
  from video.generations as g
  where g.id = any (p_ids)
  order by g.id
  for no key update;
end;
$$;
