import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { granted, type Relation, readMatrix } from "../../scripts/rights/matrix.ts";
import { bootStack, type TestStack, type User, untyped } from "../support/stack.ts";

// The rights that tests/rights/matrix.txt declares, tried through REST as a front end would, and on
// a stack that was started again: lite grants everything at its first request if it is let.

interface Routine {
  schema: string;
  name: string;
  args: string[];
  anon: boolean;
  authenticated: boolean;
}

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
const relations = readMatrix();
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
const ownerColumn = ({ name, columns }: Relation) =>
  columns.includes("user_id") ? "user_id" : name === "profiles" ? "id" : undefined;
// Not granted (42501), or what no right could allow: a computed column or a grouped view.
const refused = (answer: { status: number; body: unknown }) => {
  const { code } = (answer.body ?? {}) as { code?: string };
  return (
    ([401, 403].includes(answer.status) && code === "42501") ||
    (answer.status === 400 && ["0A000", "55000", "428C9"].includes(code ?? ""))
  );
};

describe.each<Who>(["anon", "other", "owner"])("%s, through REST after a restart", (who) => {
  test("reads what is granted, and of users' rows only their own", async () => {
    for (const relation of relations) {
      const answer = await send(relation, `${relation.name}?select=*`, who, "GET");
      const label = `${who} select ${relation.schema}.${relation.name}: ${JSON.stringify(answer).slice(0, 200)}`;
      if (!granted(relation, "select", who)) {
        expect(refused(answer), label).toBe(true);
        continue;
      }
      expect(answer.status, label).toBe(200);
      const column = ownerColumn(relation);
      if (!column) continue;
      const me = who === "owner" ? owner.id : other.id;
      for (const row of answer.body as Record<string, unknown>[]) {
        expect(row[column], label).toBe(me);
      }
    }
  });

  test("writes no column that is not granted, by no verb", async () => {
    for (const relation of relations) {
      const inserted = granted(relation, "insert", who) ?? [];
      const updated = granted(relation, "update", who) ?? [];
      const mine = ownerColumn(relation);
      const target = mine ? `?${mine}=eq.${owner.id}` : "";
      // Where no column is granted the first stands for all: the refusal is the table's.
      const some = inserted.length > 0 || updated.length > 0;
      for (const column of some ? relation.columns : relation.columns.slice(0, 1)) {
        const label = `${who} ${relation.schema}.${relation.name}.${column}`;
        if (!updated.includes(column)) {
          const filter = target || `?${column}=is.null`;
          const changed = await send(relation, `${relation.name}${filter}`, who, "PATCH", {
            [column]: null,
          });
          expect(refused(changed), `${label} update: ${JSON.stringify(changed)}`).toBe(true);
        }
        if (!inserted.includes(column)) {
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
      if (!granted(relation, "delete", who)) {
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
    for (const relation of relations) {
      const column = ownerColumn(relation);
      if (!column) continue;
      const target = `${relation.name}?${column}=eq.${owner.id}`;
      const count = () =>
        stack.db.query(
          `select count(*)::int as n from ${relation.schema}.${relation.name} where ${column} = $1`,
          [owner.id],
        );
      const before = await count();
      if (granted(relation, "delete", "other")) {
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
      for (const column of granted(relation, "update", "other") ?? []) {
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
      expect(await count()).toEqual(before);
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

describe("a front end upserts", () => {
  // What it sends a second time, and what it then reads: of views the row that sign-up made.
  const cases: {
    schema: string;
    table: string;
    row: () => Record<string, unknown>;
    later: Record<string, unknown>;
    onConflict?: string;
  }[] = [
    {
      schema: "video",
      table: "user_profiles",
      row: () => ({ id: owner.id, username: "ann" }),
      later: { username: "ann_2" },
    },
    {
      schema: "editor",
      table: "profiles",
      row: () => ({ id: owner.id, first_name: "Ann", company: "Prints" }),
      later: { first_name: "Anna", company: null },
    },
    {
      schema: "social",
      table: "users",
      row: () => ({ id: owner.id, full_name: "Ann" }),
      later: { full_name: "Anna" },
    },
    {
      schema: "video",
      table: "platform_configurations",
      row: () => ({ user_id: owner.id, platform: "tiktok", aspect_ratio: "9:16" }),
      later: { aspect_ratio: "1:1" },
      onConflict: "user_id,platform",
    },
    {
      schema: "social",
      table: "ai_settings",
      row: () => ({ user_id: owner.id, system_prompt: "Be kind." }),
      later: { system_prompt: "Be brief." },
      onConflict: "user_id",
    },
    {
      schema: "social",
      table: "ai_studio_settings",
      row: () => ({ user_id: owner.id, default_model: "openai/gpt-4o" }),
      later: { default_model: "openai/gpt-4o-mini" },
    },
    {
      schema: "social",
      table: "social_accounts",
      row: () => ({ user_id: owner.id, platform: "instagram", account_id: "ig", username: "ann" }),
      later: { username: "anna" },
      onConflict: "user_id,platform,account_id",
    },
  ];

  test.each(cases)("rows of $schema.$table", async ({ schema, table, row, later, onConflict }) => {
    const from = () => untyped(owner.client).schema(schema).from(table);
    for (const more of [{}, later]) {
      const { data, error } = await from()
        .upsert({ ...row(), ...more }, onConflict ? { onConflict } : {})
        .select();
      expect(error).toBeNull();
      expect(data).toEqual([expect.objectContaining({ ...row(), ...more })]);
    }
    const { data } = await from().select();
    expect(data).toEqual([expect.objectContaining({ ...row(), ...later })]);
  });

  test("the templates of emails, as an admin", async () => {
    await stack.db.query("update public.profiles set role = 'admin' where id = $1", [owner.id]);
    const from = () => untyped(owner.client).schema("editor").from("email_templates");
    const row = { name: "Welcome", subject: "Hello", html_content: "<p>Hello</p>" };
    const first = await from().upsert(row, { onConflict: "name" }).select().single();
    // What is left out has its default, also by way of the view.
    expect(first).toMatchObject({
      error: null,
      data: { is_active: true, created_at: expect.any(String) },
    });
    const second = await from()
      .upsert({ ...row, subject: "Welcome", is_active: false }, { onConflict: "name" })
      .select()
      .single();
    expect(second.data).toMatchObject({ id: first.data?.id, subject: "Welcome", is_active: false });
    await stack.db.query("update public.profiles set role = 'user' where id = $1", [owner.id]);
  });
});

test("the common queries of social are calls of supabase-js", async () => {
  const social = untyped(other.client).schema("social");
  const calls: [string, Record<string, unknown>][] = [
    ["conversations_with_last_message", { p_limit: 20 }],
    ["posts_with_comment_counts", { p_limit: 20 }],
    ["usage_report", { p_days: 30 }],
    ["decision_statistics", { p_days: 7 }],
    ["engagement_over_time", { p_days: 30 }],
    ["top_topics", { p_days: 7, p_limit: 5 }],
    ["match_faq", { p_query: "When are you open?" }],
    [
      "search_knowledge",
      { p_query: "opening hours", p_embedding: JSON.stringify(Array(768).fill(0.1)) },
    ],
  ];
  for (const [name, args] of calls) {
    const { data, error } = await social.rpc(name, args);
    expect(error, name).toBeNull();
    expect(data, name).toEqual(
      name === "usage_report" ? [expect.objectContaining({ credits: 100 })] : [],
    );
  }
  const escalations = await social
    .from("support_escalations")
    .select()
    .eq("notified", false)
    .order("created_at", { ascending: false });
  expect(escalations).toMatchObject({ error: null, data: [] });
  const comments = await social
    .from("comments")
    .select()
    .eq("triage", "respond")
    .is("replied_at", null)
    .order("created_at");
  expect(comments).toMatchObject({ error: null, data: [] });
});
