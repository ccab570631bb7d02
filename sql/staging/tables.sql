create type staging.image_status as enum ('queued', 'processing', 'ready', 'error');

-- The rooms and styles that a request may name: a row more is a choice more.
create table staging.options (
  kind text not null,
  code text not null,
  label text not null,
  is_active boolean not null default true,
  sort_order integer not null default 0,
  primary key (kind, code),
  constraint "an option is a room or a style" check (kind in ('room_type', 'style')),
  constraint "a code is a word" check (code ~ '^[a-z][a-z0-9_]{0,49}$'),
  constraint "a label is short" check (char_length(label) between 1 and 100)
);
comment on table staging.options is 'The words that images.room_type and images.style may have.';

create table staging.projects (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  name text not null,
  created_at timestamptz not null default now(),
  constraint "a project has a short name" check (char_length(name) between 1 and 200)
);
create index projects_user_id_idx on staging.projects (user_id, created_at desc);
comment on table staging.projects is 'A user''s photos of one property.';

create table staging.images (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references staging.projects (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  original_url text not null,
  staged_url text,
  room_type text,
  style text,
  status staging.image_status not null default 'queued',
  error text,
  files jsonb,
  upload_path text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "an image's address is bounded" check (char_length(original_url) between 1 and 2048)
);
create index images_project_id_idx on staging.images (project_id, created_at desc);
create index images_user_id_idx on staging.images (user_id, created_at desc);
create index images_upload_path_idx on staging.images (user_id, upload_path);
comment on table staging.images is
  'A photo to stage. Inserting a row is the request: it counts against the plan''s monthly limit and its job is enqueued in the same transaction.';
comment on column staging.images.user_id is 'The project''s user, whatever the caller sends.';
comment on column staging.images.original_url is
  'The upload: its path in the bucket uploads (<user id>/…) or a storage address of it.';
comment on column staging.images.staged_url is 'The result; a private address that answers to its owner''s token.';
comment on column staging.images.error is 'Why it failed, in words for its user.';
comment on column staging.images.upload_path is
  'The upload''s path in the bucket uploads, from original_url.';
comment on column staging.images.files is 'The files of the result, as the worker stored them.';

alter table staging.options enable row level security;
alter table staging.projects enable row level security;
alter table staging.images enable row level security;
