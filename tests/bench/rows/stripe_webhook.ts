import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../../scripts/db/config.ts";
import { readConfig } from "../../../scripts/local/config.ts";
import { FunctionProcess, requireDeno } from "../../../scripts/local/function_process.ts";
import { sleep } from "../../../scripts/local/server/processes.ts";
import { processes } from "../lib/cpu.ts";
import { ask, type Database, prepare, withTallybase } from "../lib/databases.ts";
import { runClient, startClient } from "../lib/node_client.ts";
import { median, perSecond, ratioOf, rounds } from "../lib/stats.ts";
import { CLIENTS, type Figure, type Row } from "../lib/types.ts";
import { makeYears } from "./billing_year.ts";

const SECRET = "whsec_of_the_bench";

type Posted = { done: number; perSecond: number; cpu: number };
/** CPU of a run, in seconds, by who took it. */
type Share = Record<"sender" | "function" | "REST" | "PostgreSQL", number> & { done: number };
type Own = { whole: number; signature: number; json: number };

export const stripeWebhook: Row = {
  name: "stripe_webhook",
  title: "The stripe-webhook function, end to end",
  method: `The same years of Stripe's events, each signed and posted over HTTP by a Node program with ${CLIENTS} loops, a customer a loop, to functions/stripe-webhook/index.ts in Deno as it is deployed: body, signature, JSON, shape, then supabase-js over HTTP. In PostgREST's place is a Node server that calls \`public.record_webhook_event\` as service_role on ${CLIENTS} connections and answers the row. Against the same events handed to the function in the database, and beside it the same way with a database that answers at once. All of it shares the machine's cores.`,
  run: (bench) =>
    withTallybase(bench, "stripe_webhook", async (database) => {
      const folder = await mkdtemp(join(tmpdir(), "tallybase-bench-"));
      try {
        const years = bench.pick(48, 8);
        let round = 0;
        const file = async (): Promise<string> => {
          round += 1;
          const path = join(folder, `${round}.json`);
          await writeFile(path, JSON.stringify(await makeYears(database, round, years)));
          return path;
        };
        const shares: Share[] = [];
        const through = async (): Promise<number> => {
          const { posted, share } = await post(folder, await file(), database);
          shares.push(share);
          return posted.perSecond;
        };
        await through(); // So that there is a history.
        await prepare(database, "vacuum (analyze)");
        const got = await rounds(
          3,
          {
            function: through,
            database: async () =>
              (
                await runClient<{ perSecond: number }>("webhooks", {
                  url: database.url,
                  file: await file(),
                  loops: CLIENTS,
                })
              ).perSecond,
            "no database": async () => (await post(folder, await file())).posted.perSecond,
          },
          bench.log,
        );
        const figures: Figure[] = [
          {
            measured: "the stripe-webhook function, a year of signed events",
            against: "`record_webhook_event` alone",
            ...ratioOf(got.function, got.database),
            absolute: `${perSecond(got.function)} : ${perSecond(got.database)}`,
          },
          {
            measured: "the same with a database that answers at once",
            against: "`record_webhook_event` alone",
            ...ratioOf(got["no database"], got.database),
            absolute: `${perSecond(got["no database"])} : ${perSecond(got.database)}`,
          },
        ];
        return { figures, notes: [...limits(shares), own(await handlerAlone(await file()))] };
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
};

/** One run; with a database the events get there. */
async function post(folder: string, file: string, database?: Database) {
  const rest = startClient("rest_stand_in", { url: database?.url, connections: CLIENTS }, true);
  const port = Number(await rest.line(0));
  const server = new FunctionProcess("stripe-webhook", {
    root: ROOT,
    logDir: folder,
    config: readConfig(ROOT),
    jwtSecret: "",
    network: false,
    env: {
      SUPABASE_URL: `http://127.0.0.1:${port}`,
      SUPABASE_SECRET_KEY: "sb_secret_of_the_bench",
      SUPABASE_PUBLISHABLE_KEY: "sb_publishable_of_the_bench",
      STRIPE_WEBHOOK_SECRET: SECRET,
    },
  });
  try {
    const url = `http://127.0.0.1:${await server.port()}/stripe-webhook`;
    const before = deno();
    const posted = await runClient<Posted>("webhook_poster", {
      url,
      file,
      loops: CLIENTS,
      secret: SECRET,
    });
    const share: Share = {
      done: posted.done,
      sender: posted.cpu,
      function: deno() - before,
      REST: 0,
      PostgreSQL: database ? await backends(database) : 0,
    };
    rest.child.stdin?.end();
    share.REST = Number(await rest.ended);
    return { posted, share };
  } finally {
    rest.child.stdin?.end();
    await server.stop();
  }
}

const deno = (): number =>
  processes()
    .filter(({ name, parent }) => name === "deno" && parent === process.pid)
    .reduce((sum, { seconds }) => sum + seconds, 0);

/** The sessions of the stand-in are this run's own. */
async function backends(database: Database): Promise<number> {
  await sleep(50);
  const rows = await ask<{ pid: number }>(
    database,
    "select a.pid from pg_stat_activity as a where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'",
  );
  const own = new Set(rows.map(({ pid }) => pid));
  return processes()
    .filter(({ pid }) => own.has(pid))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

function limits(shares: Share[]): string[] {
  const of = (who: keyof Omit<Share, "done">): number =>
    median(shares.map((share) => (share[who] * 1e6) / share.done));
  if (of("PostgreSQL") === 0 || of("function") === 0) return [];
  const parts = (["PostgreSQL", "function", "REST", "sender"] as const).map(
    (who) => `${who} ${Math.round(of(who)).toLocaleString("en-US")} µs`,
  );
  return [`CPU an event through the function: ${parts.join(", ")}.`];
}

/** The handler in its own process, without HTTP. */
async function handlerAlone(file: string): Promise<Own> {
  const script = join(ROOT, "tests/bench/clients/stripe_handler.mjs");
  const child = spawn(
    requireDeno(ROOT),
    [
      ...["run", "--no-prompt", "--quiet", `--config=${join(ROOT, "deno.json")}`],
      ...["--allow-read", "--allow-env", "--allow-sys=osRelease,hostname,cpus", script],
      JSON.stringify({ file, secret: SECRET }),
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the handler ended with ${code}`);
  return JSON.parse(text) as Own;
}

const own = ({ whole, signature, json }: Own): string =>
  `The handler alone, in Deno without HTTP: ${Math.round(whole)} µs an event, of which the signature ${Math.round(signature)} µs and parsing the JSON ${Math.round(json)} µs.`;
