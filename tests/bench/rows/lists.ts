import { withClient } from "../../../scripts/local/server/types.ts";
import { ask, type Database, prepare, withTallybase } from "../lib/databases.ts";
import { userId } from "../lib/fixtures.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { median, ratioOf, rounds } from "../lib/stats.ts";
import type { Bench, Figure, Goal, Row } from "../lib/types.ts";

const NEIGHBOURS = 1_000;
const GOAL = { most: 1.1, text: "<= 1.1" };

/** A table and how its rows are made: of x, which gives a row number n and its user. */
export type Filled = { table: string; rows: (x: string) => string };
type List = Filled & { view: string };

const AT = "now() - interval '1 year' + x.n * interval '20 seconds'";
const LISTS: List[] = [
  {
    table: "video.generations",
    view: "video.generations",
    rows: (
      x,
    ) => `(id, user_id, prompt, model, status, video_url, completed_at, credits_used, created_at)
      select gen_random_uuid(), x.user_id, 'A cat on a roof, ' || x.n, 'veo-2', 'success',
        'results/' || x.n || '.mp4', ${AT}, 20, ${AT}
      from ${x}`,
  },
  {
    table: "social.conversation_messages",
    view: "social.conversation_messages",
    rows: (
      x,
    ) => `(id, user_id, conversation_id, external_message_id, direction, content, status, created_at)
      select gen_random_uuid(), x.user_id, md5('c' || x.user_id || x.n % 50)::uuid, 'm' || x.n,
        'inbound', 'Do you have it in blue? ' || x.n, 'read', ${AT}
      from ${x}`,
  },
  {
    table: "public.credit_transactions",
    view: "editor.credit_transactions",
    rows: (x) => `(user_id, seq, transaction_type, operation, amount, balance_before, balance_after,
        debt_before, debt_after, created_at)
      select x.user_id, 10 + x.n, 'usage', 'spend', -1, 1, 0, 0, 0, ${AT}
      from ${x}`,
  },
  {
    table: "social.comments",
    view: "social.comments",
    rows: (x) => `(id, user_id, monitored_post_id, platform_comment_id, text, triage, created_at)
      select gen_random_uuid(), x.user_id, md5('p' || x.user_id || x.n % 50)::uuid, 'c' || x.n,
        'Lovely, where is it from? ' || x.n, 'ignore', ${AT}
      from ${x}`,
  },
];

export const lists: Row = {
  name: "lists",
  title: "A user's lists among a million rows of neighbours",
  method: `One user with a thousandth of a million rows, spread among those of ${NEIGHBOURS.toLocaleString("en-US")} neighbours, lists the newest 50 as PostgREST asks for them. Under row level security, as authenticated, against the same statement without, as service_role; the statement names the user. Then the statement that names nobody and that the policy alone narrows, against the same one: where admins read all the policy is a range, so its user's rows are sorted; their neighbours' are not read. Time of a call, prepared statements, two clients.`,
  run: (bench) =>
    withTallybase(bench, "lists", async (database) => {
      await makePeople(database);
      const figures: Figure[] = [];
      const notes: string[] = [];
      for (const list of LISTS) {
        await fill(bench, database, list);
        const measured = await measure(bench, database, list);
        figures.push(...measured.figures);
        notes.push(...measured.notes);
        // The ledger refuses it otherwise.
        await prepare(
          database,
          "set session_replication_role = replica",
          `truncate ${list.table} cascade`,
        );
      }
      return { figures, notes };
    }),
};

export async function makePeople(database: Database): Promise<void> {
  await prepare(
    database,
    "select private.set_setting('signup_credits', '0')",
    `insert into public.profiles (id, username)
     select ${userId("n")}, 'bench_' || n from generate_series(0, ${NEIGHBOURS}) as n`,
    "vacuum (analyze) public.profiles",
  );
}

/** Rows in the order of time, each of the next user; triggers and foreign keys are left out for speed. */
export async function fill(
  bench: Bench,
  database: Database,
  { table, rows: rowsOf }: Filled,
): Promise<void> {
  const rows = bench.pick(1_000_000, 50_000);
  await withClient(database.superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (let from = 0; from < rows; from += 50_000) {
      const x = `(
        select n, ${userId(`(n % ${NEIGHBOURS + 1})`)} as user_id
        from generate_series(${from}, ${from + 49_999}) as n
      ) as x`;
      await client.query(`insert into ${table} ${rowsOf(x)}`);
    }
    await client.query(`vacuum (freeze, analyze) ${table}`);
  });
  bench.log(`  ${rows.toLocaleString("en-US")} rows in ${table}`);
}

export async function me(database: Database): Promise<string> {
  const [row] = await ask<{ id: string }>(database, `select ${userId("0")} as id`);
  return row?.id ?? "";
}

async function measure(bench: Bench, database: Database, list: List) {
  const sub = await me(database);
  const statement = (where: string) =>
    `select coalesce(json_agg(t), '[]') from (
       select * from ${list.view} ${where} order by created_at desc limit 50
     ) as t;`.replaceAll(/\s+/g, " ");
  const mine = statement(`where user_id = '${sub}'`);
  const run = (script: string, role: "authenticated" | "service_role") => async () =>
    (await pgbench(bench, database, { script, role, sub, clients: 2, seconds: bench.pick(6, 2) }))
      .tps;
  const got = await rounds(
    3,
    {
      without: run(mine, "service_role"),
      under: run(mine, "authenticated"),
      unnamed: run(statement(""), "authenticated"),
    },
    bench.log,
  );
  const figure = (measured: string, rates: number[], goal?: Goal): Figure => ({
    measured: `the newest 50 of \`${list.view}\` ${measured}`,
    against: "without row level security",
    // The time of a call is what a rate goes into.
    ...ratioOf(got.without, rates),
    ...(goal && { goal }),
    absolute: `${perCall(rates)} : ${perCall(got.without)}`,
  });
  const figures = [
    figure("under row level security", got.under, GOAL),
    // Not the same statement: where admins read all it sorts its user's thousand rows.
    figure("under row level security, naming no user", got.unnamed),
  ];
  const held = await whatHoldsIt(bench, database, figures, run(mine, "authenticated"));
  const plans = await Promise.all([
    planOf(database, list, sub, mine),
    planOf(database, list, sub, statement("")),
  ]);
  return { figures, notes: [...held, ...plans] };
}

const perCall = (rates: number[]): string => `${((2 * 1e6) / median(rates)).toFixed(0)} µs`;

/** The lines of the plan that read rows. */
export async function planOf(
  database: Database,
  list: { view: string },
  sub: string,
  statement: string,
): Promise<string> {
  const plan = await withClient(database.superuserUrl, async (client) => {
    await client.query("begin");
    await client.query(
      "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
      [JSON.stringify({ sub, role: "authenticated" })],
    );
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `explain (analyze, costs off, timing off, summary off, buffers) ${statement}`,
    );
    await client.query("rollback");
    return rows.map((row) => row["QUERY PLAN"].trim());
  });
  const [buffers = "?"] = plan.filter((line) => line.startsWith("Buffers"));
  const scans = plan.filter((line) => / Scan /.test(line) && !line.startsWith("->  Result"));
  const named = statement.includes("where user_id") ? "" : ", no user named";
  return `\`${list.view}\`${named}: ${scans.map((line) => line.replace(/^->\s+/, "")).join("; ")} (${buffers}).`;
}
