import { afterAll, beforeAll, expect, test } from "vitest";
import { randomFrom } from "../races/support/random.ts";
import { type ValidArguments, validArguments } from "../support/fuzz/arguments.ts";
import {
  type Column,
  listRelations,
  listRoutines,
  type Query,
  type Relation,
  type Routine,
} from "../support/fuzz/catalogue.ts";
import { buildWorld, rowOf, type World } from "../support/fuzz/fixture.ts";
import { type Body, bodyOf, textOf } from "../support/fuzz/requests.ts";
import { hostileLabels, hostileValues } from "../support/fuzz/values.ts";
import { Complaints, complaintOf, tells } from "../support/fuzz/verdict.ts";
import { bootStack, type TestStack, type User } from "../support/stack.ts";

// A sample of tests/races/fuzz through REST, as HTTP would show it: no answer is a 5xx. The
// whole is asked in SQL, where an answer takes no milliseconds.
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const random = randomFrom(SEED);
let stack: TestStack;
let me: User;
let world: World;
let routines: Routine[];
let relations: Relation[];
let valid: ValidArguments;
let query: Query;

beforeAll(async () => {
  stack = await bootStack({ functions: false });
  const users = [await stack.signUp(), await stack.signUp(), await stack.signUp()] as const;
  me = users[0];
  query = (text, values) => stack.db.query(text, values);
  const exec = (script: string): Promise<void> => stack.db.exec(script);
  world = await buildWorld(query, exec, [users[0].id, users[1].id, users[2].id]);
  valid = await validArguments(query, world);
  routines = await listRoutines(query);
  relations = await listRelations(query);
});
afterAll(() => stack?.stop());

type Sent = {
  path: string;
  method: string;
  schema: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
};

type Sender = User | "service" | "nobody";

async function send({ path, method, schema, body, headers = {} }: Sent, as: Sender) {
  const answer = await stack.fetch(`/rest/v1/${path}`, {
    as,
    method,
    headers: {
      "content-type": "application/json",
      "accept-profile": schema,
      "content-profile": schema,
      prefer: "return=representation",
      ...headers,
    },
    ...(body !== undefined && { body: body as BodyInit }),
  });
  const text = await answer.text();
  return { status: answer.status, text };
}

/** Sends it and notes what is wrong with the answer; an unknown route is the sender's fault, too. */
async function check(sent: Sent, complaints: Complaints, as: Sender = me): Promise<void> {
  const { status, text } = await send(sent, as);
  const label = `${sent.method} ${sent.schema} ${sent.path} ${String(sent.body ?? "").slice(0, 200)}`;
  if (as !== "service" && tells(text, world.other.marker)) {
    complaints.add("tells of the other user", label);
  }
  if (status < 400) return;
  const { code = "", message = "" } = JSON.parse(text) as { code?: string; message?: string };
  // Codes that are not of five characters are the REST server's own, and the keys' gate has none.
  const own = /^[0-9A-Z]{5}$/.test(code) ? /^(0A000|42|55000)/.test(code) : status < 500;
  const complaint = own ? undefined : complaintOf({ code, message });
  if (complaint || message === "") {
    complaints.add(`${status} from ${sent.path.split("?")[0]}: ${text.slice(0, 200)}`, label);
  }
}

const some = <T>(from: readonly T[], count: number): T[] => random.shuffle(from).slice(0, count);

test("functions", async () => {
  const complaints = new Complaints();
  for (const routine of routines) {
    const as = routine.roles.includes("authenticated") ? me : "service";
    const body = bodyOf(valid(routine));
    for (const { name, type } of routine.parameters) {
      for (const value of some(hostileValues(type, world.parties, random), 3)) {
        const sent = { path: `rpc/${routine.name}`, method: "POST", schema: routine.schema };
        await check({ ...sent, body: textOf({ ...body, [name]: value }) }, complaints, as);
      }
    }
  }
  expect(complaints.list).toEqual([]);
}, 240_000);

const hostileTo = (column: Column): string[] =>
  column.labels ? hostileLabels(column.labels) : hostileValues(column.type, world.parties, random);

test("columns", async () => {
  const complaints = new Complaints();
  for (const relation of relations) {
    const { schema, name, key } = relation;
    const mine = (await rowOf(query, relation, world.me.id)) ?? {};
    const target = `${name}?${key.map((column) => `${column}=eq.${encodeURIComponent(String(mine[column]))}`).join("&")}`;
    const whole: Body = bodyOf(
      Object.fromEntries(
        relation.insert
          .filter((column) => column.name !== "id")
          .map((column) => [column.name, mine[column.name]]),
      ),
    );
    for (const column of relation.insert) {
      for (const value of some(hostileTo(column), 1)) {
        const body = textOf({ ...whole, [column.name]: value });
        await check({ path: name, method: "POST", schema, body }, complaints);
      }
    }
    for (const column of relation.update) {
      for (const value of some(hostileTo(column), 1)) {
        const body = textOf({ [column.name]: value });
        await check({ path: target, method: "PATCH", schema, body }, complaints);
      }
    }
  }
  expect(complaints.list).toEqual([]);
}, 240_000);

test("requests that are no requests", async () => {
  const complaints = new Complaints();
  const table = { method: "POST", schema: "editor", path: "images" };
  const bodies: (string | Uint8Array)[] = [
    "",
    "{",
    "null",
    "[]",
    "[{}]",
    "[null]",
    '"text"',
    "1e999",
    '{"original_filename":"a","original_filename":"b"}',
    '{"no_such_column":1}',
    new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
    JSON.stringify({ original_filename: "x".repeat(2_000_000) }),
  ];
  for (const body of bodies) await check({ ...table, body }, complaints);
  await check({ ...table, body: "a,b\n1", headers: { "content-type": "text/csv" } }, complaints);
  await check(
    { ...table, body: "<a/>", headers: { "content-type": "application/xml" } },
    complaints,
  );

  const filters = [
    "id=eq.not-a-uuid",
    "id=eq.",
    "id=in.(1,2",
    "id=in.(not-a-uuid)",
    "created_at=gt.never",
    "original_file_size=eq.99999999999999999999",
    "original_filename=like.%00",
    "no_such_column=eq.1",
    "order=no_such_column.asc",
    "order=id.sideways",
    "limit=-1",
    "limit=99999999999999999999",
    "offset=-5",
    "offset=99999999999999999999",
    "select=no_such_column",
    "select=*,image_operations(*,no_such_table(*))",
    "select=*,profiles(*)",
    "select=count()",
    "select=metadata->>a->b",
    "or=(id.eq.1,",
    "and=()",
    "metadata=cs.{",
    "original_filename=match.(a%2B)%2B$",
    "original_filename=fts(no_such_config).a",
    "user_id=eq.'; drop table public.profiles; --",
  ];
  for (const filter of filters) {
    await check(
      { method: "GET", schema: "editor", path: `images?${encodeURI(filter)}` },
      complaints,
    );
  }
  const paths = [
    "no_such_table",
    "rpc/no_such_function",
    "images/../profiles",
    "images%2f..%2fprofiles",
    "images;drop",
    "rpc/quote/extra",
  ];
  for (const path of paths) await check({ method: "GET", schema: "editor", path }, complaints);
  const headers: Record<string, string>[] = [
    { "accept-profile": "private" },
    { "accept-profile": "auth" },
    { range: "9-1" },
    { "range-unit": "items", range: "a-b" },
    { prefer: "count=exact,return=x,resolution=y,missing=z" },
    { accept: "application/vnd.pgrst.object+json" },
    { authorization: "Bearer not.a.token" },
    { authorization: "Basic YTpi" },
    { apikey: "sb_publishable_wrong" },
    { "content-profile": 'editor"; drop schema editor; --' },
  ];
  for (const one of headers) {
    const as = one.authorization || one.apikey ? "nobody" : me;
    await check(
      { method: "GET", schema: "editor", path: "images?select=id", headers: one },
      complaints,
      as,
    );
  }
  expect(complaints.list).toEqual([]);
}, 120_000);

test("nothing was lost by it", async () => {
  const [row] = await query<{ audit: number; role: string; profiles: number }>(
    `select
       (select count(*)::integer from private.audit_credits()) as audit,
       (select role from public.profiles where id = $1) as role,
       (select count(*)::integer from public.profiles where full_name = $2) as profiles`,
    [world.me.id, world.other.marker],
  );
  expect(row).toEqual({ audit: 0, role: "user", profiles: 1 });
});
