create table social.analytics (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  content_id uuid not null,
  platform social.social_platform not null,
  likes integer not null default 0,
  shares integer not null default 0,
  comments integer not null default 0,
  impressions integer not null default 0,
  reach integer not null default 0,
  engagement_rate numeric not null default 0,
  clicks integer not null default 0,
  conversions integer not null default 0,
  raw_metrics jsonb,
  recorded_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "metrics are not negative" check (
    least(likes, shares, comments, impressions, reach, clicks, conversions) >= 0
  ),
  constraint "an engagement rate is a number from 0" check (engagement_rate between 0 and 1000000),
  constraint "raw metrics are bounded" check (pg_column_size(raw_metrics) <= 65536)
);
create index analytics_user_id_idx on social.analytics (user_id, recorded_at desc);
create index analytics_content_id_idx on social.analytics (content_id, recorded_at desc);
comment on table social.analytics is 'The newest numbers of a post on a platform.';
comment on column social.analytics.user_id is 'The post''s user, whatever the caller sends.';
comment on column social.analytics.content_id is
  'A monitored or a scheduled post; no foreign key, since it may be either, and numbers outlive the post.';

create table social.analytics_history (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  content_id uuid not null,
  platform social.social_platform not null,
  likes integer not null default 0,
  shares integer not null default 0,
  comments integer not null default 0,
  impressions integer not null default 0,
  reach integer not null default 0,
  engagement_rate numeric not null default 0,
  clicks integer not null default 0,
  conversions integer not null default 0,
  raw_metrics jsonb,
  recorded_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index analytics_history_user_id_idx on social.analytics_history (user_id, recorded_at desc);
create index analytics_history_content_id_idx on social.analytics_history (content_id, recorded_at desc);
comment on table social.analytics_history is
  'A snapshot of analytics whenever its numbers were new or changed, written by trigger alone.';

create table social.topic_analysis (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  topic_id integer not null,
  topic_label text,
  topic_keywords text[],
  message_count integer not null default 0,
  sample_messages text[] not null default '{}',
  date_range_start timestamptz,
  date_range_end timestamptz,
  analysis_date date not null default current_date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a topic is -1 or counted from 0" check (topic_id >= -1),
  constraint "a topic has no fewer than 0 messages" check (message_count >= 0),
  constraint "a topic's range ends after it began" check (date_range_end >= date_range_start),
  constraint "topic texts are bounded" check (
    char_length(topic_label) <= 500
    and cardinality(topic_keywords) <= 100 and pg_column_size(topic_keywords) <= 16384
    and cardinality(sample_messages) <= 100 and pg_column_size(sample_messages) <= 262144
  )
);
create index topic_analysis_user_id_idx on social.topic_analysis (user_id, analysis_date desc);
comment on table social.topic_analysis is 'What a user''s customers write about, found by BERTopic.';
comment on column social.topic_analysis.topic_id is 'BERTopic''s number of the topic; -1 are the outliers.';

create table social.bertopic_models (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  model_version text not null,
  storage_path text not null,
  date_range_start timestamptz,
  date_range_end timestamptz,
  total_topics integer not null default 0,
  total_documents integer not null default 0,
  is_active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a model's version is YYYYMMDD_HHMMSS" check (model_version ~ '^\d{8}_\d{6}$'),
  constraint "a model's path is bounded" check (char_length(storage_path) between 1 and 1024),
  constraint "a model's totals are not negative" check (total_topics >= 0 and total_documents >= 0),
  constraint "a model's range ends after it began" check (date_range_end >= date_range_start),
  constraint "model metadata is a small object" check (
    jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 65536
  )
);
create index bertopic_models_user_id_idx on social.bertopic_models (user_id, created_at desc);
create unique index bertopic_models_active_idx on social.bertopic_models (user_id)
  where is_active;
comment on table social.bertopic_models is
  'Trained topic models of a user, one of them active: a newer active one takes over.';
comment on column social.bertopic_models.model_version is 'YYYYMMDD_HHMMSS.';

alter table social.analytics enable row level security;
alter table social.analytics_history enable row level security;
alter table social.topic_analysis enable row level security;
alter table social.bertopic_models enable row level security;
