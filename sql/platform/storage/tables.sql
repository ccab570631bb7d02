-- Files of a user that everyone signed in may read. A policy of storage.objects reads
-- it as its caller, so it is a table of public and says nothing but what is shared.
create table public.shared_files (
  bucket_id text not null,
  name text not null,
  subject_id uuid not null,
  user_id uuid not null references public.profiles (id),
  created_at timestamptz not null default now(),
  primary key (bucket_id, name, subject_id),
  constraint "only results are shared" check (bucket_id = 'results'),
  constraint "a shared file lies in its user's folder" check (split_part(name, '/', 1) = user_id::text)
);
create index shared_files_subject_id_idx on public.shared_files (subject_id);
create index shared_files_user_id_idx on public.shared_files (user_id);
comment on table public.shared_files is
  'Finished results that their users made public, kept by the products; everyone signed in may download them.';
comment on column public.shared_files.subject_id is 'The product''s row that shares the file.';

-- What a product tells of a row that was deleted: its user, the type of its jobs, its
-- id, and the files of its results as [{"bucket", "path", …}].
create type private.dropped_subject as (
  user_id uuid,
  type text,
  id uuid,
  files jsonb
);

alter table public.shared_files enable row level security;
