-- One run of a chain, with a copy of its steps: changing the chain changes no run.
create table video.tool_chain_runs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  chain_id uuid references video.tool_preset_chains (id) on delete set null,
  name text not null,
  input jsonb not null default '{}',
  status text not null default 'running',
  steps integer not null,
  current_step integer not null default 1,
  credits integer not null,
  credits_used integer not null default 0,
  error_message text,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint "a chain run has a known status" check (status in ('running', 'success', 'error')),
  constraint "an ended chain run says when" check ((status = 'running') = (completed_at is null)),
  constraint "a chain run has 1 to 50 steps" check (
    steps between 1 and 50 and current_step between 1 and steps
  ),
  constraint "a chain run costs no negative credits" check (credits >= 0 and credits_used >= 0),
  constraint "a chain's input is bounded" check (
    jsonb_typeof(input) = 'object' and pg_column_size(input) <= 65536
  )
);
create index tool_chain_runs_user_id_idx on video.tool_chain_runs (user_id, created_at desc);
create index tool_chain_runs_chain_id_idx on video.tool_chain_runs (chain_id)
  where chain_id is not null;
comment on table video.tool_chain_runs is
  'What run_tool_chain began: running, then success, or error at the first step that fails.';
comment on column video.tool_chain_runs.credits is
  'What was held for all steps; each that succeeds takes its price, the rest returns when the run ends.';
comment on column video.tool_chain_runs.current_step is 'The step that runs, or the one it ended with; the first is 1.';

create table video.tool_chain_steps (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  run_id uuid not null references video.tool_chain_runs (id) on delete cascade,
  step integer not null,
  tool text not null,
  job_type text not null,
  request jsonb not null default '{}',
  status text not null default 'waiting',
  price integer not null default 0,
  credits_used integer,
  output jsonb,
  files jsonb,
  error_message text,
  started_at timestamptz,
  completed_at timestamptz,
  constraint "a run has one step of a number" unique (run_id, step),
  constraint "a step has a known status" check (
    status in ('waiting', 'running', 'success', 'error', 'skipped')
  ),
  constraint "an ended step says when" check (
    (status in ('success', 'error', 'skipped')) = (completed_at is not null)
  ),
  constraint "a step costs no negative credits" check (price >= 0 and credits_used >= 0)
);
create index tool_chain_steps_user_id_idx on video.tool_chain_steps (user_id);
comment on table video.tool_chain_steps is
  'The steps of a run in order. The id of a step is its job''s subject_id, and the id of the generation that it made.';
comment on column video.tool_chain_steps.request is 'What is asked of the tool, settled when the run began.';
comment on column video.tool_chain_steps.output is
  'What it made, as private addresses: {image_url} of an image, {video_url, image_url} of a video (its poster).';
comment on column video.tool_chain_steps.price is 'Agreed when the run began; credits_used is what was charged.';

alter table video.tool_chain_runs enable row level security;
alter table video.tool_chain_steps enable row level security;
