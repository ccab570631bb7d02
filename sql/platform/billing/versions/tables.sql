-- What the senders said of their objects: one row an object, one row a version.
-- Mirrors, history and credits are functions of these rows, whatever order they
-- came in.
create table private.billing_objects (
  source text not null,
  type text not null,
  id text not null,
  user_id uuid,
  stale_since timestamptz,
  asked_at timestamptz,
  asks integer not null default 0,
  primary key (source, type, id)
);
create index billing_objects_stale_since_idx on private.billing_objects (stale_since)
  where stale_since is not null;
create index billing_objects_user_id_idx on private.billing_objects (user_id, type);
comment on table private.billing_objects is
  'Objects of Stripe and Whop that events told of, by the senders'' words for them: subscription, invoice, charge, … The row is locked while its object is computed anew.';
comment on column private.billing_objects.user_id is 'Whose it is, once known.';
comment on column private.billing_objects.stale_since is
  'Its versions do not decide what it is now: it has to be fetched. asked_at is when somebody last went to, asks how often.';

create table private.billing_versions (
  source text not null,
  type text not null,
  object_id text not null,
  event_id text not null,
  event_type text not null,
  created timestamptz not null,
  rank smallint not null default 0,
  is_synthetic boolean not null default false,
  place smallint not null default 0,
  is_decided boolean not null default true,
  object jsonb not null,
  previous jsonb,
  primary key (source, type, object_id, event_id),
  foreign key (source, type, object_id) references private.billing_objects (source, type, id)
);
comment on table private.billing_versions is
  'Every version of every object that an event or a fetch told, kept when the inbox is emptied: what billing reads of it, and nothing of the person.';
comment on column private.billing_versions.created is 'The event''s time at its sender, in whole seconds.';
comment on column private.billing_versions.rank is
  'Where in its life the object is, for states that are never left backwards; it counts before the time.';
comment on column private.billing_versions.is_synthetic is
  'Fetched, not sent: it supersedes all versions of its rank up to its second.';
comment on column private.billing_versions.place is
  'Its place among those of its rank and second, by what each of them changed. Versions of one place that is_decided are one state, said twice; where it is not, either may have come first.';
comment on column private.billing_versions.previous is 'Stripe''s previous_attributes: what had changed, as it was before.';

-- The version that counts.
create type private.picked_version as (
  object jsonb,
  event_type text,
  created timestamptz,
  rank smallint
);
