-- Deletes a thread's old checkpoints: in each namespace the newest p_keep stay, and
-- all that they are rebuilt from:
-- - the blobs whose versions they name;
-- - the sends that their parents wrote, for checkpoints older than format 4;
-- - for channels kept as deltas (named by the counters in the metadata), every
--   ancestor up to the one that stored the channel's value, or to the root.
-- A subgraph runs in a namespace of its task, a new one each time: what it left goes
-- with the state of the thread that it ran from.
create function private.social_prune_checkpoints(p_thread_id text, p_keep integer)
returns jsonb
language plpgsql
security definer            -- checkpoints are not the caller's to delete
set search_path = ''
as $$
declare
  v_caller uuid;
  v_gone_ns text[];
  v_gone_ids text[];
  v_writes integer;
  v_blobs integer;
begin
  -- The role that PostgREST took, which a definer function does not change; none is
  -- the owner of the database.
  if current_setting('role') not in ('service_role', 'none') then
    v_caller := private.require_user_id();
  end if;
  perform private.check_text('p_thread_id', p_thread_id, 255);
  perform private.social_check_limit('p_keep', p_keep, 1000);
  -- For update: waits for states that are being written, and they for this.
  perform 1
  from social.ai_studio_conversation_metadata as m
  where m.thread_id = p_thread_id and (v_caller is null or m.user_id = v_caller)
  for update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'thread_unknown',
      detail = format('You have no conversation with the thread "%s".', p_thread_id),
      hint = 'Send the thread_id of one of your conversations.';
  end if;

  with recursive ranked as (
    select
      c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, c.metadata,
      row_number() over (partition by c.checkpoint_ns order by c.checkpoint_id desc) as place
    from social.checkpoints as c
    where c.thread_id = p_thread_id
  ),
  root as (
    select min(r.checkpoint_id) as oldest from ranked as r where r.checkpoint_ns = '' and r.place <= p_keep
  ),
  needed as (
    select
      r.checkpoint_ns, r.checkpoint_id, r.parent_checkpoint_id,
      case jsonb_typeof(r.metadata -> 'counters_since_delta_snapshot')
        when 'object'
        then array(select k from jsonb_object_keys(r.metadata -> 'counters_since_delta_snapshot') as k order by 1)
        else '{}'::text[]
      end as unseeded
    from ranked as r
    cross join root as t
    where r.place <= p_keep
      and (r.checkpoint_ns ~ ':[^|]*$' and r.metadata -> 'parents' ->> '' < t.oldest) is not true
    union
    select
      c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id,
      array(
        select u.channel
        from unnest(n.unseeded) as u (channel)
        where not exists (
          select 1
          from social.checkpoint_blobs as b
          where b.thread_id = p_thread_id and b.checkpoint_ns = c.checkpoint_ns
            and b.channel = u.channel
            and b.version = c.checkpoint -> 'channel_versions' ->> u.channel
            and b.type <> 'empty'
        )
        order by 1
      )
    from needed as n
    join social.checkpoints as c
      on c.thread_id = p_thread_id and c.checkpoint_ns = n.checkpoint_ns
      and c.checkpoint_id = n.parent_checkpoint_id
    where n.unseeded <> '{}'::text[]
  ),
  gone as (
    delete from social.checkpoints as c
    where c.thread_id = p_thread_id
      and not exists (
        select 1
        from needed as n
        where n.checkpoint_ns = c.checkpoint_ns and n.checkpoint_id = c.checkpoint_id
      )
    returning c.checkpoint_ns, c.checkpoint_id
  )
  select coalesce(array_agg(g.checkpoint_ns), '{}'), coalesce(array_agg(g.checkpoint_id), '{}')
  into v_gone_ns, v_gone_ids
  from gone as g;

  delete from social.checkpoint_blobs as b
  where b.thread_id = p_thread_id
    and not exists (
      select 1
      from social.checkpoints as c
      where c.thread_id = p_thread_id and c.checkpoint_ns = b.checkpoint_ns
        and c.checkpoint -> 'channel_versions' ->> b.channel = b.version
    );
  get diagnostics v_blobs = row_count;

  -- What is newer than every state belongs to one that is still on its way.
  delete from social.checkpoint_writes as w
  where w.thread_id = p_thread_id
    and (
      (w.checkpoint_ns, w.checkpoint_id) in (select g.ns, g.id from unnest(v_gone_ns, v_gone_ids) as g (ns, id))
      or exists (
        select 1
        from social.checkpoints as c
        where c.thread_id = p_thread_id and c.checkpoint_ns = w.checkpoint_ns
          and c.checkpoint_id > w.checkpoint_id
      )
    )
    and not exists (
      select 1
      from social.checkpoints as c
      where c.thread_id = p_thread_id and c.checkpoint_ns = w.checkpoint_ns
        and w.checkpoint_id in (c.checkpoint_id, c.parent_checkpoint_id)
    );
  get diagnostics v_writes = row_count;

  return jsonb_build_object('checkpoints', cardinality(v_gone_ids), 'blobs', v_blobs, 'writes', v_writes);
end;
$$;
grant execute on function private.social_prune_checkpoints(text, integer) to authenticated, service_role;
