-- One filming of a storyboard: its shots are generations, paid from one hold.
create table video.storyboard_runs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  storyboard_id uuid not null references video.storyboard_sequences (id) on delete cascade,
  options jsonb not null default '{}',
  shots integer not null,
  credits integer not null,
  created_at timestamptz not null default now(),
  constraint "a run has 1 to 100 shots" check (shots between 1 and 100),
  constraint "a run costs no negative credits" check (credits >= 0),
  constraint "run options are bounded" check (
    jsonb_typeof(options) = 'object' and pg_column_size(options) <= 16384
  )
);
create index storyboard_runs_user_id_idx on video.storyboard_runs (user_id, created_at desc);
create index storyboard_runs_storyboard_id_idx on video.storyboard_runs (storyboard_id);
comment on table video.storyboard_runs is
  'What generate_storyboard began. Its shots are the generations with this run_id, in order of shot.';
comment on column video.storyboard_runs.credits is
  'What was held for all shots; each that succeeds takes its own price, the rest returns when the last has ended.';

alter table video.storyboard_runs enable row level security;
