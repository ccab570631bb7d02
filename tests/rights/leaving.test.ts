import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  asOwner,
  asUser,
  createUser,
  type FreshDatabase,
  freshDatabase,
} from "../support/database.ts";
import { listRelations, nameOf, type Relation } from "../support/fuzz/catalogue.ts";
import { buildWorld, listTables, rowOf, type World } from "../support/fuzz/fixture.ts";
import { ADDRESS, type Column, labelOf, plant, whereIs } from "./support/planting.ts";

// A word that nobody else has is put into every text of every row of a user. Their export
// has all of it, and once they left it is nowhere but where the books need it.

let database: FreshDatabase;
let client: pg.Client;
let world: World;
let planted: Column[];
/** What a client may write, and a row of it that was accepted once. */
const rows: { relation: Relation; row: Record<string, unknown> }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const users: string[] = [];
  for (const name of ["w0rd-of-mine", "w0rd-of-theirs", "admin"]) {
    users.push(await createUser(database, `${name}@example.com`));
  }
  const exec = async (script: string): Promise<void> => void (await database.query(script));
  world = await buildWorld(database.query, exec, users as [string, string, string]);
  client = await database.connect("supabase_admin");
  await tellOfMe();
  for (const relation of await listRelations(database.query)) {
    const row = await rowOf(database.query, relation, world.me.id);
    if (relation.owner && relation.insert.length > 0 && row) rows.push({ relation, row });
  }
  planted = await plant(client, { ids: await allMyIds(), marker: world.me.marker });
});
afterAll(() => database?.close());

/** What a sender calls the user. */
const PERSON = "pers0n";

/** What providers and senders said of the user: a task that called back, an error, events. */
async function tellOfMe(): Promise<void> {
  const { id, marker } = world.me;
  await client.query(
    `insert into private.provider_tasks (provider, external_id, job_id, callback)
     select 'acme', 'task-1', j.id, '{}' from public.jobs as j where j.user_id = $1 and j.finished_at is not null`,
    [id],
  );
  await client.query(
    `insert into private.handler_errors (job_id, error)
     select j.id, $2 from public.jobs as j where j.user_id = $1 limit 1`,
    [id, marker],
  );
  const person = { customer: `cus_${marker}`, email: `${PERSON}@example.com`, name: PERSON };
  // A row of the fixture that stands for no image, so that nothing takes it along.
  await client.query("delete from public.shared_files");
  const events = [
    ["customer.updated", { id: `cus_${marker}`, object: "customer", ...person }],
    ["customer.tax_id.created", { id: "txi_1", object: "tax_id", ...person }],
    ["checkout.session.expired", { id: "cs_1", object: "checkout.session", ...person }],
  ] as const;
  for (const [n, [type, object]] of events.entries()) {
    const event = { id: `evt_${n}`, type, created: 1_700_000_000 + n, data: { object } };
    await client.query("select private.record_webhook_event('stripe', $1::jsonb)", [
      JSON.stringify(event),
    ]);
  }
}

async function allMyIds(): Promise<string[]> {
  const ids = [world.me.id];
  for (const table of (await listTables(database.query)).filter((one) => one.owner && one.has_id)) {
    const rows = await database.query<{ id: string }>(
      `select t.id from ${nameOf(table)} as t where t.${table.owner} = $1`,
      [world.me.id],
    );
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}

/** A user's rows that their export does not have. */
const NOT_EXPORTED: Record<string, string> = {
  "public.admin_logs": "what an admin did is the installation's",
  "public.shared_files": "drawn from collections and images",
};

test("the word is in nearly all that can hold one", () => {
  const all = new Set(planted.map(labelOf));
  expect(all.size).toBeGreaterThan(250);
  for (const one of [
    "public.jobs.state",
    "social.conversation_messages.content",
    "editor.images.metadata",
  ]) {
    expect(all).toContain(one);
  }
});

test("what a user exports is all of theirs and nothing of others", async () => {
  await asUser(client, world.me.id);
  const answer = await client.query<{ data: Record<string, Record<string, unknown>[]> }>(
    "select public.export_my_data() as data",
  );
  await asOwner(client);
  const data = answer.rows[0]?.data ?? {};

  const tables = (await listTables(database.query)).filter(
    (table) => table.owner && table.schema !== "private" && !NOT_EXPORTED[nameOf(table)],
  );
  for (const table of tables) {
    const [mine] = await database.query<{ n: number }>(
      `select count(*)::integer as n from ${nameOf(table)} as t where t.${table.owner} = $1`,
      [world.me.id],
    );
    expect([nameOf(table), data[nameOf(table)]?.length]).toEqual([nameOf(table), mine?.n]);
  }
  expect(Object.keys(data).sort()).toEqual([...tables.map(nameOf), "storage.objects"].sort());

  const untold = planted.filter((column) => {
    const exported = data[`${column.schema}.${column.name}`];
    return exported && !JSON.stringify(exported.map((row) => row[column.column])).match(SPELT);
  });
  // The words of a chunk, once more.
  expect(untold.map(labelOf)).toEqual(["social.knowledge_chunks.tsv"]);
  expect(JSON.stringify(data)).not.toContain(world.other.marker);
  expect(JSON.stringify(data)).not.toContain(world.other.id);
});

// As text, as the bytes of a blob, and as an address.
const SPELT = new RegExp(`w0rd-of-mine|${Buffer.from("w0rd-of-mine").toString("hex")}|${ADDRESS}`);

/** What stays of who left, and why. */
const KEPT: Record<string, string[]> = {
  "what was paid: ids at the sender, which has the person, and its codes": [
    "private.billing_objects.id",
    "private.billing_versions.object",
    "private.billing_versions.object_id",
    "private.payment_grants.metadata",
    "private.payment_grants.payment_id",
    "private.payment_methods.customer_id",
    "private.payment_methods.id",
    "public.checkouts.external_id",
    "public.customers.default_payment_method",
    "public.customers.stripe_customer_id",
    "public.customers.whop_customer_id",
    "public.disputes.id",
    "public.disputes.payment_id",
    "public.disputes.reason",
    "public.disputes.status",
    "public.invoices.billing_reason",
    "public.invoices.external_id",
    "public.invoices.subscription_id",
    "public.payments.external_id",
    "public.payments.subscription_id",
    "public.refunds.id",
    "public.refunds.payment_id",
    "public.refunds.reason",
    "public.refunds.status",
    "public.subscription_history.status",
    "public.subscription_history.subscription_id",
    "public.subscriptions.customer_id",
    "public.subscriptions.id",
    "public.subscriptions.item_id",
    "public.subscriptions.metadata",
    "public.subscriptions.schedule_id",
    "public.top_ups.decline_code",
    "public.top_ups.payment_method",
    "public.webhook_events.object_id",
  ],
  "the bills, for those who check the books": [
    "public.invoices.hosted_invoice_url",
    "public.invoices.invoice_number",
    "public.invoices.invoice_pdf",
  ],
  "pages of payment at the sender, which end within a day": [
    "private.subscription_checkouts.session_id",
    "private.subscription_checkouts.url",
    "public.checkouts.url",
  ],
  "what the system calls things": [
    "private.payment_grants.transaction_type",
    "private.provider_tasks.external_id",
    "private.provider_tasks.provider",
    "private.subscription_changes.decision",
    "private.subscription_changes.subscription_id",
    "private.subscription_checkouts.price_id",
    "public.api_usage_logs.api_provider",
    "public.api_usage_logs.model",
    "public.api_usage_logs.operation_type",
    "public.checkouts.currency",
    "public.checkouts.source",
    "public.credit_lots.cause_id",
    "public.credit_lots.cause_type",
    "public.credit_lots.source",
    "public.credit_transactions.cause_id",
    "public.credit_transactions.cause_type",
    "public.credit_transactions.operation",
    "public.disputes.currency",
    "public.invoices.currency",
    "public.invoices.source",
    "public.job_attempts.worker",
    "public.jobs.worker",
    "public.payments.currency",
    "public.payments.source",
    "public.refunds.currency",
  ],
  "keys: a request that comes again must find that it was done": [
    "private.subscription_changes.idempotency_key",
    "private.subscription_checkouts.idempotency_key",
    "public.checkouts.idempotency_key",
    "public.credit_holds.idempotency_key",
    "public.credit_transactions.idempotency_key",
  ],
  "what admins did, which nobody changes, they themselves least": [
    "public.admin_logs.action",
    "public.admin_logs.details",
    "public.admin_logs.ip_address",
    "public.admin_logs.target_type",
    "public.admin_logs.user_agent",
  ],
};

test("once a user left, no word of theirs is anywhere but in the books", async () => {
  expect(await whereIs(client, [PERSON])).toEqual(["public.webhook_events.payload"]);
  await asUser(client, world.me.id);
  await client.query("select public.delete_my_account()");
  await asOwner(client);
  await removeFiles();
  // What cron does at night.
  await client.query("select private.purge_payloads_of_left()");
  expect(await whereIs(client, [PERSON])).toEqual([]);
  expect(await whereIs(client, [world.me.marker, ADDRESS])).toEqual(
    Object.values(KEPT).flat().sort(),
  );
});

test("a token that outlives its user puts no word back", async () => {
  for (const { relation, row } of rows) {
    const columns = relation.insert.map(({ name }) => `"${name}"`).join(", ");
    const insert = `insert into ${nameOf(relation)} (${columns})
      select ${columns} from jsonb_populate_record(null::${nameOf(relation)}, $1)`;
    const sets = relation.update.map(({ name }) => `"${name}" = r."${name}"`).join(", ");
    const update = `update ${nameOf(relation)} as t set ${sets}
      from jsonb_populate_record(null::${nameOf(relation)}, $1) as r where t.id::text = '${world.me.id}'`;
    for (const statement of [insert, ...(relation.owner === "id" ? [update] : [])]) {
      await asUser(client, world.me.id);
      const outcome = await client.query(statement, [JSON.stringify(row)]).then(
        (result) => `${result.rowCount} rows`,
        (error: pg.DatabaseError) => error.message,
      );
      await asOwner(client);
      expect([nameOf(relation), outcome]).toEqual([
        nameOf(relation),
        expect.not.stringMatching(/^[1-9]\d* rows/),
      ]);
    }
  }
  await asUser(client, world.me.id);
  await expect(client.query("select public.log_activity('w0rd-of-mine', '{}')")).rejects.toThrow(
    "profile_missing",
  );
  await expect(
    client.query("insert into storage.objects (bucket_id, name) values ('uploads', $1)", [
      `${world.me.id}/w0rd-of-mine.png`,
    ]),
  ).rejects.toThrow("row-level security");
  await asOwner(client);
});

/** The worker's part: the files go, and the jobs end. */
async function removeFiles(): Promise<void> {
  await client.query("set session_replication_role = replica");
  await client.query("delete from storage.objects where name ~ $1", [`^${world.me.id}/`]);
  await client.query("set session_replication_role = origin");
  for (;;) {
    const { rows: jobs } = await client.query<{ id: string; lock_token: string }>(
      "select id, lock_token from private.claim_jobs('w', 20, array['storage.remove_files'])",
    );
    if (jobs.length === 0) return;
    for (const job of jobs) {
      await client.query("select private.complete_job($1, $2, '{}')", [job.id, job.lock_token]);
    }
  }
}
