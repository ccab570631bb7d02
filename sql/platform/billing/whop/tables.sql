-- What Whop's events say of products and plans, mostly in passing: memberships and
-- payments carry a few fields of theirs. One row for each thing that was said, with
-- the last time that it was; a mirror is all of it put together, the later over the
-- earlier, so it does not depend on the order in which events come.
create table private.whop_catalogue (
  type text not null,
  id text not null,
  facts jsonb not null,
  facts_key text not null generated always as (md5(facts::text)) stored,
  told_at timestamptz not null,
  primary key (type, id, facts_key),
  constraint "a catalogue has products and prices" check (type in ('product', 'price'))
);
comment on table private.whop_catalogue is
  'What was said of Whop''s products and plans (our prices), in the words of our columns.';
