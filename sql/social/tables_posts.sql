create table social.scheduled_posts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  channel_id uuid not null references social.social_accounts (id) on delete cascade,
  platform text not null,
  content_json jsonb not null,
  publish_at timestamptz not null,
  rrule text,
  status text not null default 'queued',
  retry_count integer not null default 0,
  platform_post_id text,
  error_message text,
  last_check_at timestamptz,
  next_check_at timestamptz,
  stop_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a post's platform is known" check (platform in ('instagram', 'whatsapp')),
  constraint "a post has a known status" check (
    status in ('queued', 'publishing', 'published', 'failed', 'cancelled')
  ),
  constraint "a post is retried at most 3 times" check (retry_count between 0 and 3),
  constraint "a post is published some day" check (isfinite(publish_at)),
  constraint "post texts are bounded" check (
    char_length(rrule) <= 1000
    and char_length(platform_post_id) between 1 and 255
    and char_length(error_message) <= 2000
    and pg_column_size(content_json) <= 65536
  )
);
create index scheduled_posts_user_id_idx on social.scheduled_posts (user_id, publish_at desc);
create index scheduled_posts_channel_id_idx on social.scheduled_posts (channel_id, publish_at desc);
create index scheduled_posts_publish_at_idx on social.scheduled_posts (publish_at)
  where status = 'queued';
create index scheduled_posts_next_check_at_idx on social.scheduled_posts (next_check_at)
  where next_check_at is not null;
comment on table social.scheduled_posts is
  'Posts to publish: queued, publishing, then published or failed, with at most 3 retries; cancelled from queued.';
comment on column social.scheduled_posts.user_id is 'The channel''s user, whatever the caller sends.';
comment on column social.scheduled_posts.platform is 'The channel''s; filled in when it is not sent.';
comment on column social.scheduled_posts.content_json is
  '{text: string, media: [{type, url}]}: text up to 10000 characters, up to 20 media, at least one of both.';
comment on column social.scheduled_posts.rrule is 'A recurrence rule of RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO.';
comment on column social.scheduled_posts.status is
  'The service moves it; its user may write cancelled while it is queued.';
comment on column social.scheduled_posts.retry_count is 'Counted by trigger when a post goes from publishing back to queued.';
comment on column social.scheduled_posts.stop_at is 'When the polling of its comments ends: 7 days after it was published.';

create table social.post_runs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  scheduled_post_id uuid not null references social.scheduled_posts (id) on delete cascade,
  started_at timestamptz,
  finished_at timestamptz,
  status text,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a run ends in success or failed" check (status in ('success', 'failed')),
  constraint "a run's error is bounded" check (char_length(error) <= 5000),
  constraint "a run ends after it began" check (finished_at >= started_at)
);
create index post_runs_user_id_idx on social.post_runs (user_id, created_at desc);
create index post_runs_scheduled_post_id_idx on social.post_runs (scheduled_post_id, created_at desc);
comment on table social.post_runs is 'Attempts at publishing a post.';
comment on column social.post_runs.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.post_runs.status is 'success or failed; null while it runs.';

create table social.monitored_posts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  social_account_id uuid not null references social.social_accounts (id) on delete cascade,
  platform_post_id text not null,
  platform text not null,
  caption text,
  media_url text,
  posted_at timestamptz not null default now(),
  source text not null default 'manual',
  monitoring_enabled boolean not null default false,
  monitoring_started_at timestamptz,
  monitoring_ends_at timestamptz,
  last_check_at timestamptz,
  next_check_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Importing an account's posts again finds them.
  constraint "a platform's post is monitored once an account"
    unique (social_account_id, platform_post_id),
  constraint "a monitored post's platform is known" check (
    platform in ('instagram', 'facebook', 'twitter')
  ),
  constraint "a monitored post has a known source" check (source in ('scheduled', 'imported', 'manual')),
  constraint "monitoring has an end within 30 days" check (
    not monitoring_enabled
    or (
      monitoring_started_at is not null
      and monitoring_ends_at is not null
      and monitoring_ends_at > monitoring_started_at
      and monitoring_ends_at <= monitoring_started_at + interval '30 days 1 hour'
    )
  ),
  constraint "monitored post texts are bounded" check (
    char_length(platform_post_id) between 1 and 255
    and char_length(caption) <= 10000
    and char_length(media_url) <= 2048
  ),
  constraint "a post was posted some day" check (isfinite(posted_at))
);
create index monitored_posts_user_id_idx on social.monitored_posts (user_id, posted_at desc, id desc);
create index monitored_posts_next_check_at_idx on social.monitored_posts (next_check_at)
  where monitoring_enabled;
comment on table social.monitored_posts is 'Published posts whose comments are looked at while monitoring is on.';
comment on column social.monitored_posts.user_id is 'The account''s user, whatever the caller sends.';
comment on column social.monitored_posts.platform is 'The account''s; filled in when it is not sent.';
comment on column social.monitored_posts.monitoring_ends_at is
  'Set when monitoring is enabled: the days of the account''s or the user''s rule, else 7; at most 30.';
comment on column social.monitored_posts.next_check_at is 'When comments are fetched next, 5 to 30 minutes apart.';

create table social.monitoring_rules (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  social_account_id uuid references social.social_accounts (id) on delete cascade,
  auto_monitor_enabled boolean not null default true,
  auto_monitor_count integer not null default 5,
  monitoring_duration_days integer not null default 7,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a user has one rule an account, and one for the rest"
    unique nulls not distinct (user_id, social_account_id),
  constraint "1 to 20 posts are monitored" check (auto_monitor_count between 1 and 20),
  constraint "monitoring lasts 1 to 30 days" check (monitoring_duration_days between 1 and 30)
);
create index monitoring_rules_social_account_id_idx on social.monitoring_rules (social_account_id)
  where social_account_id is not null;
comment on table social.monitoring_rules is
  'Which of a user''s posts are monitored, and how long; without an account the rule is for all accounts that have none.';

create table social.comments (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  post_id uuid references social.scheduled_posts (id) on delete cascade,
  monitored_post_id uuid references social.monitored_posts (id) on delete cascade,
  platform_comment_id text not null,
  author_name text,
  author_id text,
  author_avatar_url text,
  text text not null,
  parent_id text,
  like_count integer not null default 0,
  triage text,
  ai_reply_text text,
  ai_decision_id uuid references social.ai_decisions (id) on delete set null,
  replied_at timestamptz,
  hidden boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Polling and webhooks tell the same comment more than once.
  constraint "a comment is kept once a post" unique (monitored_post_id, platform_comment_id),
  constraint "a comment belongs to a post" check (num_nonnulls(post_id, monitored_post_id) > 0),
  constraint "a comment is triaged into a known class" check (triage in ('respond', 'ignore', 'escalate')),
  constraint "a comment is not its own parent" check (parent_id <> platform_comment_id),
  constraint "likes are not negative" check (like_count >= 0),
  constraint "comment texts are bounded" check (
    char_length(platform_comment_id) between 1 and 255
    and char_length(author_name) <= 255
    and char_length(author_id) <= 255
    and char_length(author_avatar_url) <= 2048
    and char_length(text) <= 20000
    and char_length(parent_id) between 1 and 255
    and char_length(ai_reply_text) <= 20000
  )
);
create index comments_user_id_idx on social.comments (user_id, created_at desc);
create index comments_monitored_post_id_idx on social.comments (monitored_post_id, created_at desc);
create index comments_parent_id_idx on social.comments (monitored_post_id, parent_id)
  where parent_id is not null;
create index comments_post_id_idx on social.comments (post_id) where post_id is not null;
create index comments_ai_decision_id_idx on social.comments (ai_decision_id)
  where ai_decision_id is not null;
-- Comments awaiting a reply.
create index comments_triage_idx on social.comments (user_id, triage, created_at)
  where replied_at is null;
comment on table social.comments is 'Comments on monitored posts; they come from polling and webhooks alone.';
comment on column social.comments.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.comments.post_id is 'Deprecated: a scheduled post; use monitored_post_id.';
comment on column social.comments.parent_id is
  'platform_comment_id of the comment that this one answers; no foreign key, since an answer may arrive first.';
comment on column social.comments.triage is 'respond, ignore or escalate; null until it was looked at.';

alter table social.scheduled_posts enable row level security;
alter table social.post_runs enable row level security;
alter table social.monitored_posts enable row level security;
alter table social.monitoring_rules enable row level security;
alter table social.comments enable row level security;
