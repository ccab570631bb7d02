create function private.social_posts_with_comment_counts(
  p_limit integer,
  p_before timestamptz,
  p_before_id uuid
)
returns table (
  id uuid,
  social_account_id uuid,
  platform_post_id text,
  platform text,
  caption text,
  media_url text,
  posted_at timestamptz,
  source text,
  monitoring_enabled boolean,
  monitoring_ends_at timestamptz,
  comment_count bigint,
  reply_count bigint,
  awaiting_count bigint
)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    p.id, p.social_account_id, p.platform_post_id, p.platform, p.caption, p.media_url, p.posted_at,
    p.source, p.monitoring_enabled, p.monitoring_ends_at, n.comments, n.replies, n.awaiting
  from (
    select *
    from social.monitored_posts as m
    where m.user_id = v_user_id
      and (m.posted_at, m.id)
        < (coalesce(p_before, 'infinity'), coalesce(p_before_id, '00000000-0000-0000-0000-000000000000'))
    order by m.posted_at desc, m.id desc
    limit p_limit
  ) as p
  cross join lateral (
    select
      count(*) as comments,
      count(c.replied_at) as replies,
      count(*) filter (where c.triage = 'respond' and c.replied_at is null) as awaiting
    from social.comments as c
    where c.monitored_post_id = p.id
  ) as n
  order by p.posted_at desc, p.id desc;
end;
$$;
grant execute on function private.social_posts_with_comment_counts(integer, timestamptz, uuid)
  to authenticated;
