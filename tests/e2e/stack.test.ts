import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDemo } from "../../scripts/demo/journey.ts";
import { prepareDatabase } from "../../scripts/local/bootstrap.ts";
import { DataDir } from "../../scripts/local/data_dir.ts";
import { type Database, openEmbedded } from "../../scripts/local/database.ts";
import { applyMigrations } from "../../scripts/local/migrations.ts";
import { parseOptions } from "../../scripts/local/options.ts";
import { resetServer } from "../../scripts/local/reset_server.ts";
import { nextRun } from "../../scripts/local/scheduler.ts";
import { bootStack, ROOT } from "../support/stack.ts";

const directory = mkdtempSync(join(tmpdir(), "tallybase-stack-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function projectWith(migration: string): string {
  const project = mkdtempSync(join(directory, "project-"));
  mkdirSync(join(project, "migrations"));
  writeFileSync(join(project, "migrations", "20260101000000_first.sql"), migration);
  return project;
}

test("the demo journey runs on a fresh stack", async () => {
  const stack = await bootStack();
  const lines: string[] = [];
  try {
    await runDemo({
      url: stack.url,
      publishableKey: stack.keys.publishable,
      stripeUrl: stack.stripeUrl,
      outDir: join(directory, "demo"),
      say: (line) => lines.push(line),
    });
  } finally {
    await stack.stop();
  }
  const text = lines.join("\n");
  expect(text).toContain("refused: PT402 insufficient_credits");
  expect(text).toMatch(/the hold came back → 195 credits available, 0 held$/);
  expect(statSync(join(directory, "demo", "upscale-processed.png")).size).toBeGreaterThan(1000);
});

describe("a restart", () => {
  test("keeps users, files and keys, and gives nobody more rights", async () => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    const first = await bootStack({ dataDir, functions: false });
    const user = await first.signUp();
    const path = `${user.id}/kept.png`;
    await user.client.storage
      .from("uploads")
      .upload(path, new Blob(["kept"], { type: "image/png" }));
    await first.stop();

    const second = await bootStack({ dataDir, functions: false });
    try {
      expect(second.keys).toEqual(first.keys);
      const headers = { as: user };
      const kept = await second.fetch(`/storage/v1/object/uploads/${path}`, headers);
      expect(await kept.text()).toBe("kept");
      const profile = await second.fetch("/rest/v1/profiles?select=id,role", headers);
      expect(await profile.json()).toEqual([{ id: user.id, role: "user" }]);
      for (const [method, table, body] of [
        ["PATCH", `profiles?id=eq.${user.id}`, { role: "admin" }],
        ["PATCH", `credit_accounts?user_id=eq.${user.id}`, { balance: 1_000_000 }],
        ["POST", "credit_transactions", { user_id: user.id, amount: 1_000_000 }],
        ["DELETE", `jobs?user_id=eq.${user.id}`, undefined],
      ] as const) {
        const answer = await second.fetch(`/rest/v1/${table}`, {
          as: user,
          method,
          headers: { "content-type": "application/json" },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect(answer.status, `${method} ${table}`).toBe(403);
        expect(await answer.json()).toMatchObject({ code: "42501" });
      }
    } finally {
      await second.stop();
    }
  });

  test("keys are readable by their owner alone", async () => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    const stack = await bootStack({ dataDir, inMemory: true, functions: false });
    for (const file of ["keys.json", "stack.json"]) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
    await stack.stop();
  });
});

describe("what the reader must mend is one sentence", () => {
  const fault = async (options: Parameters<typeof bootStack>[0]): Promise<string> => {
    const stack = await bootStack({ functions: false, ...options }).catch((error: Error) => error);
    if (!(stack instanceof Error)) {
      await stack.stop();
      throw new Error("it started");
    }
    expect(stack.name).toBe("StackError");
    expect(stack.message).toMatch(/^[^\n]+\.$/);
    return stack.message;
  };

  test("a taken port", async () => {
    const supabaseDir = projectWith("select 1;");
    const other = await bootStack({ functions: false, supabaseDir });
    const [apiPort, stripePort] = [other.url, other.stripeUrl ?? ""].map((url) =>
      Number(new URL(url).port),
    );
    expect(await fault({ apiPort: apiPort ?? 0 })).toContain(`Port ${apiPort} is taken`);
    expect(await fault({ stripePort: stripePort ?? 0 })).toContain("STRIPE_PORT");
    await other.stop();
  });

  test("a broken migration, by file and line", async () => {
    const supabaseDir = projectWith("create table public.a ();\n\ncreate tabel public.b ();\n");
    const message = await fault({ supabaseDir });
    expect(message).toContain("20260101000000_first.sql, line 3");
    expect(message).toContain("tabel");
  });

  test("a migration that was edited after it was applied", async () => {
    const supabaseDir = projectWith("create table public.a ();");
    const dataDir = mkdtempSync(join(directory, "data-"));
    const applied = await bootStack({ dataDir, supabaseDir, functions: false });
    await applied.stop();
    writeFileSync(join(supabaseDir, "migrations", "20260101000000_first.sql"), "select 1;");
    expect(await fault({ dataDir, supabaseDir })).toContain("--reset");
    const again = await bootStack({ dataDir, supabaseDir, functions: false, reset: true });
    await again.stop();
  });

  test("a second stack on the same data", async () => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    const release = new DataDir(dataDir).lock();
    const holder = readFileSync(join(dataDir, "lock"), "utf8");
    expect(await fault({ dataDir, inMemory: true })).toContain("stop it first");
    expect(readFileSync(join(dataDir, "lock"), "utf8")).toBe(holder);
    release();
    // Processes that have ended, and one that is alive, and node, but began at another time.
    for (const stale of [`${process.ppid}@1`, "999999999", ""]) {
      writeFileSync(join(dataDir, "lock"), stale);
      new DataDir(dataDir).lock()();
    }
    expect(existsSync(join(dataDir, "lock"))).toBe(false);
  });

  test("one Stripe key without the other", async () => {
    expect(await fault({ dotEnv: { STRIPE_SECRET_KEY: "sk_test_1" } })).toContain(
      "STRIPE_WEBHOOK_SECRET is missing",
    );
    expect(await fault({ dotEnv: { STRIPE_WEBHOOK_SECRET: "whsec_1" } })).toContain(
      "STRIPE_SECRET_KEY is missing",
    );
  });

  test("no Deno, or one that cannot be executed", async () => {
    const root = mkdtempSync(join(directory, "root-"));
    expect(await fault({ root, functions: true })).toContain("Deno is missing");
    mkdirSync(join(root, "node_modules/deno"), { recursive: true });
    writeFileSync(join(root, "node_modules/deno/deno"), "", { mode: 0o644 });
    expect(await fault({ root, functions: true })).toContain("cannot be executed");
  });

  test("a data directory that is a file", async () => {
    const dataDir = join(directory, "file");
    writeFileSync(dataDir, "");
    expect(await fault({ dataDir })).toContain(`${dataDir} cannot be used`);
  });

  test("the Stripe emulator's data, not its port, when that is broken", async () => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    mkdirSync(join(dataDir, "embedded"));
    for (const broken of ["{", "null", '{"charges":3}']) {
      writeFileSync(join(dataDir, "embedded/stripe.json"), broken);
      expect(await fault({ dataDir })).toContain("stripe.json");
    }
    const supabaseDir = projectWith("select 1;");
    const stack = await bootStack({ dataDir, supabaseDir, functions: false, reset: true });
    await stack.stop();
  });

  test.each(["PG_VERSION", "global/pg_control"])("a database whose %s is missing", async (file) => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    const supabaseDir = projectWith("select 1;");
    const first = await bootStack({ dataDir, supabaseDir, functions: false });
    await first.stop();
    rmSync(join(dataDir, "embedded/pgdata", file));
    expect(await fault({ dataDir, supabaseDir })).toMatch(/cannot be opened .* run with --reset/);
  });

  test("an option that does not exist, and a database that is no URL", () => {
    expect(() => parseOptions(["--nope"])).toThrow("Unknown option --nope");
    expect(() => parseOptions(["--database"])).toThrow("--database needs a URL");
    expect(() => parseOptions(["--once", "--no-demo"])).toThrow("give one of them");
    expect(parseOptions(["--once", "--reset"])).toMatchObject({ once: true, reset: true });
  });
});

test("a function that does not start is named with its log", async () => {
  const root = mkdtempSync(join(directory, "root-"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "deno.json"), "{}");
  mkdirSync(join(root, "functions/broken"), { recursive: true });
  writeFileSync(join(root, "functions/broken/index.ts"), "const = 1;\n");
  const stack = await bootStack({ root, supabaseDir: projectWith("select 1;") });
  try {
    await expect(stack.warmed).rejects.toThrow(/function broken does not start: .*broken\.log/);
    const log = readFileSync(join(stack.dataDir, "logs/broken.log"), "utf8");
    expect(log).toContain("SyntaxError");
  } finally {
    await stack.stop();
  }
});

describe("--reset", () => {
  test.each([
    ["a taken port", () => ({ stripePort: portOf(taken) }), "STRIPE_PORT"],
    [
      "a server that does not answer",
      () => ({ database: "postgresql://nobody@127.0.0.1:1/none" }),
      "does not answer",
    ],
  ])("deletes nothing for a start that %s refuses", async (_, options, reason) => {
    const dataDir = mkdtempSync(join(directory, "data-"));
    for (const kind of ["embedded", "server"]) mkdirSync(join(dataDir, kind));
    const refused = await bootStack({ dataDir, reset: true, functions: false, ...options() }).catch(
      (error: Error) => error.message,
    );
    expect(refused).toContain(reason);
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(["embedded", "server"]));
  });

  const taken = createServer();
  const portOf = (server: typeof taken) => (server.address() as AddressInfo).port;
  beforeAll(() => new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  describe("of a server", () => {
    const BASELINE = "20260101000000";
    let db: Database;
    beforeAll(async () => {
      db = await openEmbedded(undefined);
      await prepareDatabase(db);
    });
    afterAll(() => db.close());

    test.each([
      ["a table", "create table public.theirs ()"],
      ["a view", "create view public.theirs as select 1 as one"],
      ["a user", "insert into auth.users (id, email) values (gen_random_uuid(), 'a@example.com')"],
      [
        "another history of migrations",
        `create table public.theirs ();
         create schema supabase_migrations;
         create table supabase_migrations.schema_migrations (version text);
         insert into supabase_migrations.schema_migrations values ('20200101000000')`,
      ],
    ])("refuses %s that no stack put there", async (_, sql) => {
      await db.exec(`begin; ${sql}`);
      await expect(resetServer(db, BASELINE)).rejects.toThrow(/^[^\n]+ leaves it alone: [^\n]+\.$/);
      await db.exec("rollback");
    });

    test("takes an empty one", async () => {
      await resetServer(db, BASELINE);
    });

    test("empties one that is ours, and leaves the cron jobs of others", async () => {
      await applyMigrations(db, projectWith("create table public.a (); create schema private;"));
      await db.exec(`
        select cron.schedule('ours', '* * * * *', 'select private.sweep()');
        select cron.schedule('theirs', '* * * * *', 'vacuum');
      `);
      await resetServer(db, BASELINE);
      expect(await db.query("select to_regclass('public.a') as a")).toEqual([{ a: null }]);
      const jobs = await db.query("select jobname from cron.job order by jobname");
      expect(jobs).toEqual([{ jobname: "theirs" }]);
    });
  });
});

test("the schedule is pg_cron's: five fields in UTC, or seconds", () => {
  const noon = Date.UTC(2026, 0, 31, 12, 0, 30);
  expect(nextRun("5 seconds", noon)).toBe(noon + 5000);
  expect(nextRun("*/5 * * * *", noon)).toBe(Date.UTC(2026, 0, 31, 12, 5));
  expect(nextRun("0 3 * * 1-5", noon)).toBe(Date.UTC(2026, 1, 2, 3));
  expect(nextRun("@daily", noon)).toBeUndefined();
  expect(nextRun("* * * * * *", noon)).toBeUndefined();
});
