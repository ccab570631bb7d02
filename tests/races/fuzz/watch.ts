import { nameOf } from "../../support/fuzz/catalogue.ts";
import type { TableOfOwner } from "../../support/fuzz/fixture.ts";

/** What was seen of the database, by name: what must not change is the same at both looks. */
export type Seen = Record<string, string | null>;

export const differences = (was: Seen, is: Seen): string[] =>
  Object.keys(is)
    .filter((name) => was[name] !== is[name])
    .map((name) => `changed: ${name} (${was[name]} to ${is[name]})`);

// The actor's ids: the sub that is one, and the profile that a request made of another issuer's.
const OWN = `array(
  select p.id::text from public.profiles as p where p.auth0_sub = $1::text
  union
  select $1::text where $1 is not null
)`;

/** In short, after every attempt. Who has no account yet gets one with the sign-up credits. */
export const MONEY = `
  with own as (select ${OWN} as ids)
  select jsonb_build_object(
    'audit', (select coalesce(jsonb_agg(to_jsonb(f)), '[]')::text from private.audit_credits() as f),
    'prices', (select md5(string_agg(m::text, ',' order by m.operation, m.variant)) from public.metered_operations as m),
    'accounts of others', (
      select md5(string_agg(a::text, ',' order by a.user_id)) from public.credit_accounts as a
      where a.user_id::text <> all (own.ids)
    ),
    'profiles of others', (
      select md5(string_agg(p::text, ',' order by p.id)) from public.profiles as p where p.id::text <> all (own.ids)
    ),
    'own credits', (
      select coalesce(sum(a.balance::bigint + a.held - a.debt), 100)::text from public.credit_accounts as a
      where a.user_id::text = any (own.ids)
    ),
    'own role', (
      select coalesce(string_agg(p.role, ','), 'user') from public.profiles as p where p.id::text = any (own.ids)
    )
  ) as seen
  from own`;

/** Rung by whoever asks for work. */
const IGNORED = ["private.doorbell"];

/** What nobody changes by a request, the service included. */
const FIXED = [
  "private.settings",
  "private.retire_handlers",
  "private.export_handlers",
  "public.credit_packages",
  "public.job_types",
  "public.metered_operations",
  "public.plans",
  "staging.options",
  "social.ai_models",
  "social.checkpoint_migrations",
];

/** In full: every row of every table that is not the actor's own; or what is nobody's to change. */
export function snapshotSql(tables: TableOfOwner[], fixed: boolean): string {
  const watched = tables.filter((table) =>
    fixed ? FIXED.includes(nameOf(table)) : !IGNORED.includes(nameOf(table)),
  );
  const selects = watched.map(
    (table) => `
      select '${nameOf(table)}' as name, (
        select md5(string_agg(t::text, ',' order by t::text))
        from ${nameOf(table)} as t where ${othersOf(table)}
      ) as seen from own`,
  );
  return `with own as (select ${OWN} as ids) ${selects.join(" union all ")}`;
}

function othersOf(table: TableOfOwner): string {
  if (table.owner) return `(t.${table.owner}::text = any (own.ids)) is not true`;
  if (nameOf(table) !== "private.social_account_tokens") return "true";
  return `t.account_id not in (
    select a.id from social.social_accounts as a where a.user_id::text = any (own.ids)
  )`;
}
