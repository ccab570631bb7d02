-- What counts the use of a feature in the running period: a function of the user's id
-- and the period's start, by name. A product registers its own.
create table private.usage_counters (
  feature text primary key,
  counter text not null,
  constraint "a usage counter resolves" check (
    to_regprocedure(counter || '(uuid, timestamptz)') is not null
  )
);
comment on table private.usage_counters is
  'The features of plans whose use is counted, and the function (uuid, timestamptz) that counts it.';
