create table video.performance_metrics (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  generation_id uuid references video.generations (id) on delete set null,
  prompt text,
  character_id text,
  platform text,
  predicted_score numeric,
  actual_engagement jsonb,
  quality_score numeric,
  style_consistency numeric,
  brand_compliance numeric,
  improvements jsonb,
  actual_score numeric,
  score_difference numeric,
  created_at timestamptz not null default now(),
  -- NaN is above all numbers, so the bounds refuse it.
  constraint "scores are 0 to 100" check (
    predicted_score between 0 and 100
    and quality_score between 0 and 100
    and style_consistency between 0 and 100
    and brand_compliance between 0 and 100
    and actual_score between 0 and 100
  ),
  constraint "metric texts are bounded" check (
    char_length(prompt) <= 5000
    and char_length(character_id) <= 200
    and char_length(platform) <= 50
    and pg_column_size(actual_engagement) <= 65536
    and pg_column_size(improvements) <= 65536
  )
);
create index performance_metrics_user_id_idx on video.performance_metrics (user_id, created_at desc);
create index performance_metrics_generation_id_idx on video.performance_metrics (generation_id);
comment on table video.performance_metrics is
  'How a video was judged and how it did. Scores are 0 to 100; it outlives its generation. Those that an insert for a generation leaves empty are filled by the rubric (docs/video-rubric.md).';
comment on column video.performance_metrics.actual_engagement is
  'Written back later: {views, likes, comments, shares, saves} as counts, completion_rate from 0 to 1; other keys are free.';
comment on column video.performance_metrics.actual_score is
  'The engagement as a score, kept by trigger; null without views.';
comment on column video.performance_metrics.score_difference is
  'actual_score - predicted_score, kept by trigger: above 0 it did better than predicted.';
comment on column video.performance_metrics.improvements is
  'What would raise the scores: [{area: quality|style|brand, advice}].';

alter table video.performance_metrics enable row level security;
