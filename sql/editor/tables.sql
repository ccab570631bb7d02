create table editor.images (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  original_filename text not null,
  original_file_size integer,
  original_file_type text,
  original_url text,
  processed_url text,
  thumbnail_url text,
  final_url text,
  processing_status text default 'pending',
  processing_error text,
  is_favorite boolean default false,
  download_count integer default 0,
  metadata jsonb,
  expires_at timestamptz,
  upload_path text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "an image has a known status" check (
    processing_status in ('pending', 'processing', 'completed', 'failed')
  ),
  constraint "image texts are bounded" check (
    char_length(original_filename) between 1 and 255
    and char_length(original_file_type) <= 100
    and char_length(original_url) <= 2048
    and pg_column_size(metadata) <= 16384
  ),
  constraint "a file size is not negative" check (original_file_size >= 0)
);
create index images_user_id_idx on editor.images (user_id, created_at desc);
create index images_upload_path_idx on editor.images (user_id, upload_path);
create index images_processing_status_idx on editor.images (processing_status);
-- For spans of time over all users. Not a btree: one in the order of time tempts the
-- planner, which cannot see how few rows a policy leaves, into reading everybody's
-- newest rows until a user has their twenty.
create index images_created_at_idx on editor.images using brin (created_at);
create index images_expires_at_idx on editor.images (expires_at) where expires_at is not null;
create index images_is_favorite_idx on editor.images (user_id, created_at desc) where is_favorite;
comment on table editor.images is 'A user''s picture and the newest results of work on it.';
comment on column editor.images.original_url is
  'The upload: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column editor.images.upload_path is
  'The upload''s path in the bucket uploads, from original_url.';
comment on column editor.images.processed_url is
  'The newest result; a private address that answers to its owner''s token.';
comment on column editor.images.final_url is 'The result of the newest pipeline that went through.';
comment on column editor.images.download_count is 'How often download_image() was called for it.';
comment on column editor.images.expires_at is
  'When it is removed with its files; its user''s plan decides again at that time. Null: never.';

create table editor.image_pipelines (
  id uuid primary key default gen_random_uuid(),
  image_id uuid not null references editor.images (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  steps jsonb not null,
  status text not null default 'pending',
  prices integer[] not null default '{}',
  credits_used integer not null default 0,
  error_message text,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint "a pipeline has a known status" check (
    status in ('pending', 'processing', 'completed', 'failed')
  ),
  constraint "an ended pipeline says when" check (
    (status in ('completed', 'failed')) = (completed_at is not null)
  )
);
create index image_pipelines_image_id_idx on editor.image_pipelines (image_id);
create index image_pipelines_user_id_idx on editor.image_pipelines (user_id, created_at desc);
comment on table editor.image_pipelines is
  'Operations on one image, each on the result of the one before. Inserting a row is the request: one hold for all, each step is charged when it succeeds, and the first that fails ends it. The steps are its rows in image_operations.';
comment on column editor.image_pipelines.user_id is 'The image''s user, whatever the caller sends.';
comment on column editor.image_pipelines.steps is
  '[{"operation_type", "input_data"}], 1 to 5, input_data as in image_operations. Only the first has a source; generate can only be the first, vectorize the last.';
comment on column editor.image_pipelines.prices is 'Credits of each step, as they were when it was asked for.';
comment on column editor.image_pipelines.credits_used is 'Credits of the steps that succeeded.';
comment on column editor.image_pipelines.error_message is 'Why it ended early, in words for its user.';

create table editor.image_operations (
  id uuid primary key default gen_random_uuid(),
  image_id uuid references editor.images (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  pipeline_id uuid references editor.image_pipelines (id) on delete cascade,
  step smallint,
  operation_type text not null,
  api_provider text not null default 'auto',
  status text default 'pending',
  input_data jsonb,
  output_data jsonb,
  error_message text,
  processing_time numeric(10, 2),
  credits_used integer,
  api_cost numeric(10, 4),
  created_at timestamptz default now(),
  completed_at timestamptz,
  constraint "an operation has a known type" check (
    operation_type in ('upscale', 'background_removal', 'vectorize', 'generate')
  ),
  constraint "an operation has a known status" check (
    status in ('pending', 'processing', 'completed', 'failed')
  ),
  constraint "a pipeline has each step once" unique (pipeline_id, step),
  constraint "a step is of a pipeline" check ((pipeline_id is null) = (step is null))
);
create index image_operations_image_id_idx on editor.image_operations (image_id);
create index image_operations_user_id_idx on editor.image_operations (user_id, created_at desc);
create index image_operations_status_idx on editor.image_operations (status);
create index image_operations_created_at_idx on editor.image_operations using brin (created_at);
comment on table editor.image_operations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction.';
comment on column editor.image_operations.user_id is 'The image''s user, whatever the caller sends.';
comment on column editor.image_operations.api_provider is
  'Who did it, by public.provider_routes; auto until it is done.';
comment on column editor.image_operations.input_data is
  'upscale: {factor 2|4}; generate: {prompt, width, height}; all but generate: {source original|processed}, and after the first step of a pipeline {source previous}.';
comment on column editor.image_operations.pipeline_id is 'The pipeline whose step it is; null when it was asked for alone.';
comment on column editor.image_operations.step is 'From 1.';
comment on column editor.image_operations.processing_time is 'Seconds.';
comment on column editor.image_operations.api_cost is 'What the provider charged us, in the currency of api_costs.';

alter table editor.images enable row level security;
alter table editor.image_pipelines enable row level security;
alter table editor.image_operations enable row level security;
