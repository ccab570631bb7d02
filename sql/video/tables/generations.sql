create table video.generations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  prompt text not null,
  model text not null,
  aspect_ratio text,
  resolution text,
  mode text,
  status text not null default 'generating',
  video_url text,
  error_message text,
  reference_image_url text,
  credits_used integer,
  campaign_id uuid references video.campaigns (id) on delete set null,
  storyboard_id uuid references video.storyboard_sequences (id) on delete set null,
  files jsonb,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  seconds integer,
  negative_prompt text,
  platform text,
  character_id text,
  style_preset_id uuid references video.style_presets (id) on delete set null,
  tool_configuration_id uuid references video.tool_configurations (id) on delete set null,
  brand_guidelines_id uuid references video.brand_guidelines (id) on delete set null,
  poster_url text,
  run_id uuid references video.storyboard_runs (id) on delete set null,
  shot integer,
  tool_chain_run_id uuid references video.tool_chain_runs (id) on delete set null,
  constraint "a generation has a known status" check (status in ('generating', 'success', 'error')),
  constraint "generation texts are bounded" check (
    char_length(prompt) between 1 and 5000
    and char_length(model) between 1 and 50
    and char_length(aspect_ratio) <= 10
    and char_length(resolution) <= 20
    and char_length(mode) <= 50
    and char_length(reference_image_url) <= 2048
    and char_length(negative_prompt) <= 2000
    and char_length(platform) <= 50
    and char_length(character_id) <= 200
  ),
  constraint "a generation lasts 1 to 60 seconds" check (seconds between 1 and 60),
  constraint "a shot has a number" check (shot between 1 and 100),
  constraint "an ended generation says when" check ((status = 'generating') = (completed_at is null)),
  constraint "a success has a video" check (status <> 'success' or video_url is not null),
  constraint "a generation uses no negative credits" check (credits_used >= 0)
);
create index generations_user_id_idx on video.generations (user_id, created_at desc);
-- For spans of time over all users. Not a btree: one in the order of time tempts the
-- planner, which cannot see how few rows a policy leaves, into reading everybody's
-- newest rows until a user has their twenty.
create index generations_created_at_idx on video.generations using brin (created_at);
create index generations_status_idx on video.generations (status);
create index generations_campaign_id_idx on video.generations (campaign_id);
create index generations_storyboard_id_idx on video.generations (storyboard_id);
-- A plain request names none of these and pays for none of them.
create index generations_style_preset_id_idx on video.generations (style_preset_id)
  where style_preset_id is not null;
create index generations_tool_configuration_id_idx on video.generations (tool_configuration_id)
  where tool_configuration_id is not null;
create index generations_brand_guidelines_id_idx on video.generations (brand_guidelines_id)
  where brand_guidelines_id is not null;
create index generations_run_id_idx on video.generations (run_id)
  where run_id is not null;
create index generations_tool_chain_run_id_idx on video.generations (tool_chain_run_id)
  where tool_chain_run_id is not null;
comment on table video.generations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction. Its job''s progress is in public.jobs (subject_id is the generation''s id).';
comment on column video.generations.model is
  'A model of the operation video.generate in the price book; null takes that of the tool configuration.';
comment on column video.generations.aspect_ratio is
  'Null takes that of the tool configuration, the style preset, the platform''s configuration, else 16:9.';
comment on column video.generations.resolution is
  'Kept as 720p, 1080p, 4k; 1920x1080 is 1080p. Null takes that of the tool configuration, else 720p.';
comment on column video.generations.seconds is
  'Null takes that of the tool configuration, else the model''s usual length. The lengths that a model makes are in video.model_limits.';
comment on column video.generations.reference_image_url is
  'An upload of the user (its path in the bucket uploads, <user id>/…, or a storage address of it), or a public https address.';
comment on column video.generations.negative_prompt is
  'What must not be seen; the brand''s don''t list is added for the provider.';
comment on column video.generations.platform is
  'Where it will be shown: names a platform configuration of the user. Null takes the campaign''s, if it has one alone.';
comment on column video.generations.brand_guidelines_id is 'Null takes those of the campaign.';
comment on column video.generations.video_url is 'The result; a private address that answers to its owner''s token.';
comment on column video.generations.poster_url is 'A still of the result, as private.';
comment on column video.generations.error_message is 'Why it failed, in words for its user.';
comment on column video.generations.credits_used is 'Null while it is under way; 0 when it failed.';
comment on column video.generations.campaign_id is
  'The campaign that counts it; that of its storyboard when only that is sent.';
comment on column video.generations.files is 'All files of the result: [{kind, bucket, path, …}].';
comment on column video.generations.run_id is 'The storyboard run whose shot it is; shot is the number of its frame, from 1.';
comment on column video.generations.tool_chain_run_id is 'The run of a tool chain that made it.';

alter table video.generations enable row level security;
