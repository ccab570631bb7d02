create function social.posts_with_comment_counts(
  p_limit integer default 50,
  p_before timestamptz default null,
  p_before_id uuid default null
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
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_posts_with_comment_counts(p_limit, p_before, p_before_id);
end;
grant execute on function social.posts_with_comment_counts(integer, timestamptz, uuid) to authenticated;
comment on function social.posts_with_comment_counts(integer, timestamptz, uuid) is
  'The caller''s monitored posts, newest first, with how many comments they have, how many of those were replied to and how many await a reply. The next page: p_before and p_before_id are posted_at and id of the last row. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';
