-- What a user's AI knows: documents cut into chunks with their embeddings, and
-- questions with answers.
create table social.knowledge_documents (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  title text,
  bucket_id text,
  object_name text,
  storage_object_id uuid,
  file_size_bytes bigint not null default 0,
  status text not null default 'processing',
  embed_model text not null default 'gemini-embedding-001',
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  last_ingested_at timestamptz default now(),
  last_embedded_at timestamptz,
  is_deleted boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a document has a known status" check (status in ('processing', 'indexed', 'failed')),
  constraint "a document's size is not negative" check (file_size_bytes >= 0),
  constraint "a file has a bucket and a name" check ((bucket_id is null) = (object_name is null)),
  constraint "document texts are bounded" check (
    char_length(title) <= 500
    and char_length(bucket_id) <= 100
    and char_length(object_name) <= 1024
    and char_length(embed_model) between 1 and 200
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
  )
);
create index knowledge_documents_user_id_idx on social.knowledge_documents (user_id, created_at desc);
comment on table social.knowledge_documents is
  'A document of a user''s knowledge base; its text lies in knowledge_chunks.';
comment on column social.knowledge_documents.object_name is
  'The file in the bucket, in its user''s folder: <user id>/….';
comment on column social.knowledge_documents.storage_object_id is
  'The storage object of that name when the row was written, whatever the caller sends. No foreign key: storage.objects belongs to the storage service, whose deletes must neither fail nor take documents along.';
comment on column social.knowledge_documents.file_size_bytes is 'The object''s size where there is one, else as sent.';
comment on column social.knowledge_documents.tsconfig is 'A text search configuration of Postgres, e.g. english.';
comment on column social.knowledge_documents.is_deleted is 'Hidden from search, kept until the row is deleted.';

create table social.knowledge_chunks (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null references social.knowledge_documents (id) on delete cascade,
  user_id uuid not null default private.user_id() references public.profiles (id),
  chunk_index integer not null,
  content text not null,
  embedding extensions.vector(768),
  token_count integer,
  start_char integer,
  end_char integer,
  tsv tsvector,
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a document has a chunk once" unique (document_id, chunk_index),
  -- It has no cosine distance to anything.
  constraint "an embedding is not all zeros" check (extensions.vector_norm(embedding) > 0),
  constraint "a chunk's numbers are not negative" check (
    chunk_index >= 0 and token_count >= 0 and start_char >= 0 and end_char >= start_char
  ),
  constraint "chunk texts are bounded" check (
    char_length(content) between 1 and 20000
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
    and jsonb_typeof(metadata) = 'object'
    and pg_column_size(metadata) <= 16384
  )
);
-- One user's chunks by configuration: search begins here, so that it costs what its
-- user has, whoever else has how many.
create index knowledge_chunks_user_id_idx on social.knowledge_chunks (user_id, tsconfig);
create index knowledge_chunks_tsv_idx on social.knowledge_chunks using gin (tsv);
comment on table social.knowledge_chunks is
  'The pieces of a document, each with its embedding and its words. Searched by social.search_knowledge().';
comment on column social.knowledge_chunks.user_id is 'The document''s user, whatever the caller sends.';
comment on column social.knowledge_chunks.embedding is '768 dimensions (gemini-embedding-001), compared by cosine distance.';
comment on column social.knowledge_chunks.tsv is 'The words of content in tsconfig, kept by a trigger.';

create table social.faq_qa (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  title text,
  questions text[] not null default '{}',
  answer text not null,
  text_size_bytes integer not null default 0,
  lang_code text not null default 'simple',
  tsconfig text not null default 'simple',
  is_active boolean not null default true,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a text size is not negative" check (text_size_bytes >= 0),
  constraint "faq questions are a bounded list" check (
    coalesce(array_ndims(questions), 1) = 1
    and cardinality(questions) <= 50
    and array_position(questions, null) is null
  ),
  constraint "faq texts are bounded" check (
    char_length(title) <= 500
    and char_length(answer) between 1 and 10000
    and char_length(lang_code) between 1 and 20
    and char_length(tsconfig) <= 63
    and jsonb_typeof(metadata) = 'object'
    and pg_column_size(metadata) <= 16384
  )
);
create index faq_qa_user_id_idx on social.faq_qa (user_id, created_at desc);
comment on table social.faq_qa is 'An answer and the phrasings of the question that it answers.';
comment on column social.faq_qa.questions is 'Up to 50 phrasings of 1 to 500 characters.';
comment on column social.faq_qa.text_size_bytes is 'Bytes of title, questions and answer, kept by a trigger.';

alter table social.knowledge_documents enable row level security;
alter table social.knowledge_chunks enable row level security;
alter table social.faq_qa enable row level security;
