-- What a model can do at a resolution. What it costs is in the price book, and only
-- what is there is for sale; a model without a row here takes 1 to 60 seconds and any
-- aspect ratio.
create table video.model_limits (
  variant text primary key,
  seconds integer[] not null,
  default_seconds integer not null,
  aspect_ratios text[],
  created_at timestamptz not null default now(),
  constraint "a variant is a model, or a model and a resolution" check (
    variant ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,49}(:[0-9a-z]{2,20})?$'
  ),
  constraint "a model makes clips of some lengths" check (
    cardinality(seconds) between 1 and 60 and 1 <= all (seconds) and 60 >= all (seconds)
    and array_ndims(seconds) = 1 and default_seconds = any (seconds)
  ),
  constraint "a model has some aspect ratios" check (cardinality(aspect_ratios) between 1 and 20)
);
comment on table video.model_limits is
  'What a variant of video.generate can make. The row of "model:resolution" counts before that of "model".';
comment on column video.model_limits.seconds is 'The lengths in seconds that it makes, ascending.';
comment on column video.model_limits.aspect_ratios is 'Null is any.';

-- What a step of a tool chain can be.
create table video.tools (
  tool text primary key,
  label text not null,
  job_type text not null,
  task text not null,
  needs_image boolean not null default false,
  makes text not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint "a tool is a word" check (tool ~ '^[a-z][a-z0-9_]{0,49}$'),
  constraint "a tool makes an image or a video" check (makes in ('image', 'video')),
  constraint "a tool's label is short" check (char_length(label) between 1 and 100)
);
comment on table video.tools is 'The tools that run_tool_chain knows.';
comment on column video.tools.job_type is
  'The type of its jobs, its operation in the price book and in the providers'' routes.';
comment on column video.tools.task is 'The operation in its job''s payload, which the provider is asked for.';
comment on column video.tools.needs_image is
  'Whether it works on an image: that of an earlier step, or the input''s. Others take one where they can.';

alter table video.model_limits enable row level security;
alter table video.tools enable row level security;
