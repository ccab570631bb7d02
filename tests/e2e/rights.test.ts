import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootStack, type TestStack, type User, untyped } from "../support/stack.ts";

// The rights that tests/db/catalogue declares, tried through REST as a front end would, and on a
// stack that was started again: lite grants everything at its first request if it is let.

interface Relation {
  schema: string;
  name: string;
  columns: string[];
  owner_column: string | null;
  verbs: Record<
    "anon" | "authenticated",
    { select: boolean; delete: boolean; insert: string[]; update: string[] }
  >;
}

interface Routine {
  schema: string;
  name: string;
  args: string[];
  anon: boolean;
  authenticated: boolean;
}

const RELATIONS = `
  select
    n.nspname as schema, c.relname as name,
    array_agg(a.attname::text order by a.attnum) as columns,
    coalesce(
      max(a.attname::text) filter (where a.attname = 'user_id'),
      case when c.relname = 'profiles' then 'id' end
    ) as owner_column,
    jsonb_object_agg(r.rolname, r.verbs) as verbs
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    -- A generated column is refused by Postgres itself, to everyone.
    and a.attgenerated = ''
  cross join lateral (
    select r.rolname, jsonb_build_object(
      'select', has_table_privilege(r.oid, c.oid, 'select'),
      'delete', has_table_privilege(r.oid, c.oid, 'delete'),
      'insert', (select coalesce(jsonb_agg(x.attname), '[]') from pg_attribute as x
        where x.attrelid = c.oid and x.attnum > 0 and not x.attisdropped
          and has_column_privilege(r.oid, c.oid, x.attnum, 'insert')),
      'update', (select coalesce(jsonb_agg(x.attname), '[]') from pg_attribute as x
        where x.attrelid = c.oid and x.attnum > 0 and not x.attisdropped
          and has_column_privilege(r.oid, c.oid, x.attnum, 'update'))
    ) as verbs
    from pg_roles as r where r.rolname in ('anon', 'authenticated')
  ) as r
  where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v')
  group by n.nspname, c.relname, c.oid
  order by 1, 2`;

const ROUTINES = `
  select
    n.nspname as schema, p.proname as name, coalesce(p.proargnames[1:p.pronargs], '{}') as args,
    has_function_privilege('anon', p.oid, 'execute') as anon,
    has_function_privilege('authenticated', p.oid, 'execute') as authenticated
  from pg_proc as p
  join pg_namespace as n on n.oid = p.pronamespace
  where n.nspname = any ($1) and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
  order by 1, 2`;

const SCHEMAS = ["public", "editor", "video", "social", "staging"];
const directory = mkdtempSync(join(tmpdir(), "tallybase-rights-"));
let stack: TestStack;
let owner: User;
let other: User;
let relations: Relation[];
let routines: Routine[];

beforeAll(async () => {
  const first = await bootStack({ dataDir: directory, functions: false });
  owner = await first.signUp();
  other = await first.signUp();
  const path = `${owner.id}/a.png`;
  await owner.client.storage.from("uploads").upload(path, new Blob(["a"], { type: "image/png" }));
  const image = await owner.client
    .schema("editor")
    .from("images")
    .insert({ original_filename: "a.png", original_url: path })
    .select("id")
    .single();
  const asked = await owner.client
    .schema("editor")
    .from("image_operations")
    .insert({ image_id: image.data?.id ?? null, operation_type: "vectorize" });
  expect(asked.error).toBeNull();
  const { data: packages } = await owner.client.from("credit_packages").select("id").limit(1);
  const checkout = await owner.client.rpc("create_checkout", {
    p_package_id: packages?.[0]?.id ?? "",
    p_idempotency_key: "rights",
  });
  expect(checkout.error).toBeNull();
  await first.stop();

  stack = await bootStack({ dataDir: directory, functions: false });
  owner = stack.resume(owner);
  other = stack.resume(other);
  relations = await stack.db.query<Relation>(RELATIONS, [SCHEMAS]);
  routines = await stack.db.query<Routine>(ROUTINES, [SCHEMAS]);
});

afterAll(async () => {
  await stack?.stop();
  rmSync(directory, { recursive: true, force: true });
});

type Who = "anon" | "other" | "owner";

async function send(
  relation: { schema: string },
  path: string,
  who: Who,
  method: string,
  body?: unknown,
  prefer = "return=minimal",
): Promise<{ status: number; body: unknown }> {
  const answer = await stack.fetch(`/rest/v1/${path}`, {
    as: who === "anon" ? "nobody" : who === "owner" ? owner : other,
    method,
    headers: {
      "content-type": "application/json",
      "accept-profile": relation.schema,
      "content-profile": relation.schema,
      prefer,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

const role = (who: Who) => (who === "anon" ? "anon" : "authenticated");
// Not granted (42501), or what no right could allow: a computed column or a grouped view.
const refused = (answer: { status: number; body: unknown }) => {
  const { code } = (answer.body ?? {}) as { code?: string };
  return (
    ([401, 403].includes(answer.status) && code === "42501") ||
    (answer.status === 400 && ["0A000", "55000"].includes(code ?? ""))
  );
};

describe.each<Who>(["anon", "other", "owner"])("%s, through REST after a restart", (who) => {
  test("reads what is granted, and of users' rows only their own", async () => {
    for (const relation of relations) {
      const answer = await send(relation, `${relation.name}?select=*`, who, "GET");
      const label = `${who} select ${relation.schema}.${relation.name}: ${JSON.stringify(answer).slice(0, 200)}`;
      if (!relation.verbs[role(who)].select) {
        expect(refused(answer), label).toBe(true);
        continue;
      }
      expect(answer.status, label).toBe(200);
      if (!relation.owner_column) continue;
      const me = who === "owner" ? owner.id : other.id;
      for (const row of answer.body as Record<string, unknown>[]) {
        expect(row[relation.owner_column], label).toBe(me);
      }
    }
  });

  test("writes no column that is not granted, by no verb", async () => {
    for (const relation of relations) {
      const verbs = relation.verbs[role(who)];
      const target = relation.owner_column ? `?${relation.owner_column}=eq.${owner.id}` : "";
      // Where no column is granted the first stands for all: the refusal is the table's.
      const some = verbs.insert.length > 0 || verbs.update.length > 0;
      for (const column of some ? relation.columns : relation.columns.slice(0, 1)) {
        const label = `${who} ${relation.schema}.${relation.name}.${column}`;
        if (!verbs.update.includes(column)) {
          const filter = target || `?${column}=is.null`;
          const changed = await send(relation, `${relation.name}${filter}`, who, "PATCH", {
            [column]: null,
          });
          expect(refused(changed), `${label} update: ${JSON.stringify(changed)}`).toBe(true);
        }
        if (!verbs.insert.includes(column)) {
          const made = await send(relation, relation.name, who, "POST", { [column]: null });
          expect(refused(made), `${label} insert: ${JSON.stringify(made)}`).toBe(true);
          const upserted = await send(
            relation,
            relation.name,
            who,
            "POST",
            { [column]: null },
            "resolution=merge-duplicates",
          );
          // Of a view without its table's key lite asks for that key: a refusal, too.
          const keyless = (upserted.body as { code?: string }).code === "42703";
          expect(refused(upserted) || keyless, `${label} upsert: ${JSON.stringify(upserted)}`).toBe(
            true,
          );
        }
      }
      if (!verbs.delete) {
        const gone = await send(
          relation,
          `${relation.name}${target || `?${relation.columns[0]}=not.is.null`}`,
          who,
          "DELETE",
        );
        expect(refused(gone), `${who} delete ${relation.name}: ${JSON.stringify(gone)}`).toBe(true);
      }
    }
  });

  test("calls no function that is not granted", async () => {
    for (const routine of routines) {
      if (routine[role(who)]) continue;
      const body = Object.fromEntries(routine.args.map((name) => [name, null]));
      const answer = await send(routine, `rpc/${routine.name}`, who, "POST", body);
      expect(refused(answer), `${who} rpc ${routine.name}: ${JSON.stringify(answer)}`).toBe(true);
    }
  });

  test("reaches nothing of the schema private", async () => {
    for (const path of [
      "settings?select=*",
      "job_lanes?select=*",
      "rpc/secret",
      "rpc/grant_credits",
    ]) {
      const method = path.startsWith("rpc") ? "POST" : "GET";
      const answer = await send(
        { schema: "private" },
        path,
        who,
        method,
        method === "POST" ? {} : undefined,
      );
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
    }
  });
});

describe("another user", () => {
  test("changes and deletes none of the owner's rows, and is not told that they exist", async () => {
    for (const relation of relations.filter((one) => one.owner_column)) {
      const target = `${relation.name}?${relation.owner_column}=eq.${owner.id}`;
      const before = await stack.db.query(
        `select count(*)::int as n from ${relation.schema}.${relation.name} where ${relation.owner_column} = $1`,
        [owner.id],
      );
      const verbs = relation.verbs.authenticated;
      if (verbs.delete) {
        const gone = await send(
          relation,
          target,
          "other",
          "DELETE",
          undefined,
          "return=representation",
        );
        expect(gone, target).toEqual({ status: 200, body: [] });
      }
      for (const column of verbs.update) {
        const changed = await send(
          relation,
          target,
          "other",
          "PATCH",
          { [column]: null },
          "return=representation",
        );
        expect(changed, `${target} ${column}`).toEqual({ status: 200, body: [] });
      }
      const after = await stack.db.query(
        `select count(*)::int as n from ${relation.schema}.${relation.name} where ${relation.owner_column} = $1`,
        [owner.id],
      );
      expect(after).toEqual(before);
    }
  });

  test("cannot ask for work on the owner's image or file", async () => {
    const [image] = await stack.db.query<{ id: string }>("select id from editor.images");
    const operations = other.client.schema("editor").from("image_operations");
    const onImage = await operations.insert({
      image_id: image?.id ?? null,
      operation_type: "vectorize",
    });
    expect(onImage.error).toMatchObject({ code: "PT404", message: "image_not_found" });
    const onFile = await other.client
      .schema("editor")
      .from("images")
      .insert({ original_filename: "a.png", original_url: `${owner.id}/a.png` });
    expect(onFile.error).toMatchObject({ code: "PT400", message: "source_not_in_storage" });
    const asOwner = await other.client
      .schema("editor")
      .from("images")
      .insert({ original_filename: "a.png", user_id: owner.id });
    expect(asOwner.error).toMatchObject({ code: "42501" });
    const [job] = await stack.db.query<{ id: string }>("select id from public.jobs");
    const cancelled = await other.client.rpc("cancel_job", { p_job_id: job?.id ?? "" });
    expect(cancelled.error).toMatchObject({ code: "PT404", message: "job_not_found" });
  });
});

test("the service writes no ledger row by hand either", async () => {
  const service = untyped(stack.service());
  for (const table of ["credit_accounts", "credit_lots", "credit_holds", "credit_transactions"]) {
    const { error } = await service.from(table).insert({ user_id: owner.id });
    expect(error, table).toMatchObject({ code: "42501" });
  }
});
