-- The part of pg_net that Tallybase uses: a request is a row, sent after commit
-- by the stack (scripts/local/http_queue.ts), at most once, answers kept.
create schema if not exists net;

create sequence if not exists net.http_request_queue_id_seq;

create unlogged table if not exists net.http_request_queue (
  id bigint not null default nextval('net.http_request_queue_id_seq'),
  method text not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);

create unlogged table if not exists net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);

create index if not exists _http_response_created_idx on net._http_response (created);

create or replace function net.http_post(
  url text,
  body jsonb default '{}'::jsonb,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{"Content-Type": "application/json"}'::jsonb,
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
security definer
set search_path = ''
as $$
  insert into net.http_request_queue as q (method, url, headers, body, timeout_milliseconds)
  values ('POST', url, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds)
  returning q.id;
$$;
