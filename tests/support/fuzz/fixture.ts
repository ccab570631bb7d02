import { readFileSync } from "node:fs";
import type { Query, Relation } from "./catalogue.ts";
import { nameOf } from "./catalogue.ts";
import type { Parties } from "./values.ts";

/** A user with a row in every table, and the word that all texts of theirs carry. */
export type Party = { id: string; marker: string; ids: string[] };

export type World = { me: Party; other: Party; admin: string; parties: Parties };

const SCRIPT = readFileSync(new URL("./fixture.sql", import.meta.url), "utf8");

/** What belongs to nobody and is read by admins alone carries the word of the other user. */
const SHARED = `
  insert into public.email_templates (name, subject, html_content, text_content)
  values ('{{marker}}', '{{marker}}', '{{marker}}', '{{marker}}');
  insert into public.email_campaigns (name, template_id, target_audience)
  select '{{marker}}', t.id, '{"note": "{{marker}}"}' from public.email_templates as t;
  insert into public.system_metrics (metric_name) values ('{{marker}}');
  insert into public.webhook_events (source, external_id, event_type, payload)
  values ('stripe', 'evt_{{marker}}', '{{marker}}', '{"id": "evt_{{marker}}", "type": "{{marker}}"}');
  insert into private.provider_tasks (provider, external_id, job_id)
  select '{{marker}}', '{{marker}}', j.id from public.jobs as j where j.user_id = '{{user}}' limit 1;`;

/** Two users and an admin who signed up, the users with a row in every table. */
export async function buildWorld(
  query: Query,
  exec: (script: string) => Promise<void>,
  [me, other, admin]: [string, string, string],
): Promise<World> {
  const fill = (script: string, user: string, marker: string): Promise<void> =>
    exec(script.replaceAll("{{user}}", user).replaceAll("{{marker}}", marker));
  const markers = { me: "w0rd-of-mine", other: "w0rd-of-theirs" };

  await exec("select private.set_setting('token_key', 'a secret of the installation')");
  // What is claimed here stays claimed for the whole run.
  await exec("update public.job_types set lease = '1 hour', deadline = '1 day'");
  await query("update public.profiles set role = 'admin' where id = $1", [admin]);
  await fill(SCRIPT, me, markers.me);
  await fill(SCRIPT, other, markers.other);
  // A public one shows its name to everybody, so it is mine.
  await query("update editor.image_collections set is_public = true where user_id = $1", [me]);
  await runJobs(query, { [me]: markers.me, [other]: markers.other });
  await fill(SHARED, other, markers.other);

  const mine = { id: me, marker: markers.me, ids: await idsOf(query, me) };
  const theirs = { id: other, marker: markers.other, ids: await idsOf(query, other) };
  return { me: mine, other: theirs, admin, parties: { me: mine, other: theirs } };
}

/** Of each user one job is done and one is under way; the others wait. */
async function runJobs(query: Query, markers: Record<string, string>): Promise<void> {
  const types = ["editor.background_removal", "editor.upscale"];
  const jobs = await query<{
    id: string;
    user_id: string;
    subject_id: string;
    type: string;
    lock_token: string;
  }>("select id, user_id, subject_id, type, lock_token from private.claim_jobs('fuzz', 10, $1)", [
    types,
  ]);
  for (const job of jobs) {
    if (job.type !== "editor.background_removal") continue;
    const path = `${job.user_id}/${job.subject_id}/${markers[job.user_id]}.png`;
    const files = [{ kind: "processed", bucket: "results", path }];
    await query("select private.complete_job($1, $2, $3::jsonb)", [
      job.id,
      job.lock_token,
      JSON.stringify({ files }),
    ]);
  }
}

export type TableOfOwner = {
  schema: string;
  name: string;
  owner: string | null;
  has_id: boolean;
};

/** The tables of ours, with the column that says whose a row is. */
export const listTables = (query: Query): Promise<TableOfOwner[]> =>
  query<TableOfOwner>(`
    select
      n.nspname as schema, c.relname as name,
      case
        when bool_or(a.attname = 'user_id') then 'user_id'
        when c.relname = 'profiles' then 'id'
        when c.relname = 'admin_logs' then 'admin_user_id'
      end as owner,
      bool_or(a.attname = 'id' and a.atttypid = 'uuid'::regtype) as has_id
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging') and c.relkind in ('r', 'p')
    group by n.nspname, c.relname
    order by 1, 2`);

/** Tables of users in which one of the users has no row: there nothing can be found. */
export async function emptyTables(query: Query, world: World): Promise<string[]> {
  const empty: string[] = [];
  for (const table of await listTables(query)) {
    if (!table.owner) continue;
    const [row] = await query<{ n: number }>(
      `select count(distinct t.${table.owner})::integer as n from ${nameOf(table)} as t where t.${table.owner} = any ($1)`,
      [[world.me.id, world.other.id]],
    );
    if (row?.n !== 2) empty.push(nameOf(table));
  }
  return empty;
}

async function idsOf(query: Query, user: string): Promise<string[]> {
  const tables = (await listTables(query)).filter((table) => table.owner && table.has_id);
  const selects = tables.map(
    (table, place) =>
      `(select ${place} as place, t.id from ${nameOf(table)} as t where t.${table.owner} = $1 order by t.id limit 2)`,
  );
  // In the order of the tables, so that a seed picks the same kinds of rows in every run.
  const rows = await query<{ id: string }>(
    `select u.id from (${selects.join(" union all ")}) as u order by u.place, u.id`,
    [user],
  );
  return rows.map((row) => row.id);
}

/** A row of a relation that is the user's, or anybody's where rows are nobody's. */
export async function rowOf(
  query: Query,
  relation: Pick<Relation, "schema" | "name" | "owner">,
  user: string,
): Promise<Record<string, unknown> | undefined> {
  const mine = relation.owner ? `where t.${relation.owner} = $1` : "where $1 <> ''";
  const [row] = await query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${nameOf(relation)} as t ${mine} order by (to_jsonb(t) - 'id')::text limit 1`,
    [user],
  );
  return row?.row;
}
