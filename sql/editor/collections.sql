create table editor.image_collections (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default private.user_id() references public.profiles (id),
  name text not null,
  description text,
  is_public boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "collection texts are bounded" check (
    char_length(name) between 1 and 200 and char_length(description) <= 2000
  )
);
create index image_collections_user_id_idx on editor.image_collections (user_id, created_at desc);
create index image_collections_is_public_idx on editor.image_collections (created_at desc)
  where is_public;
comment on table editor.image_collections is
  'A user''s pictures under one name. A public one is seen by everyone signed in, with its images'' finished results (editor.public_collection) and nothing else.';

create table editor.image_collection_items (
  id uuid primary key default gen_random_uuid(),
  collection_id uuid not null references editor.image_collections (id) on delete cascade,
  image_id uuid not null references editor.images (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  added_at timestamptz default now(),
  constraint "an image is in a collection once" unique (collection_id, image_id)
);
create index image_collection_items_collection_id_idx
  on editor.image_collection_items (collection_id, added_at desc);
create index image_collection_items_image_id_idx on editor.image_collection_items (image_id);
create index image_collection_items_user_id_idx on editor.image_collection_items (user_id, added_at desc);
comment on table editor.image_collection_items is
  'Which images are in which collection; both belong to one user.';
comment on column editor.image_collection_items.user_id is 'The collection''s user, whatever the caller sends.';

alter table editor.image_collections enable row level security;
alter table editor.image_collection_items enable row level security;
