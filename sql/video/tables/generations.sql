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
  constraint "a generation has a known status" check (status in ('generating', 'success', 'error')),
  constraint "generation texts are bounded" check (
    char_length(prompt) between 1 and 5000
    and char_length(model) between 1 and 50
    and char_length(aspect_ratio) <= 10
    and char_length(resolution) <= 20
    and char_length(mode) <= 50
    and char_length(reference_image_url) <= 2048
  ),
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
comment on table video.generations is
  'Inserting a row is the request: it is priced, its credits are held and its job is enqueued in the same transaction.';
comment on column video.generations.model is 'A variant of the operation video.generate in the price book.';
comment on column video.generations.reference_image_url is
  'An upload of the user: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column video.generations.video_url is 'The result; a private address that answers to its owner''s token.';
comment on column video.generations.credits_used is 'Null while it is under way; 0 when it failed.';
comment on column video.generations.campaign_id is
  'The campaign that counts it; that of its storyboard when only that is sent.';
comment on column video.generations.files is 'All files of the result: [{kind, bucket, path, …}].';

alter table video.generations enable row level security;
