import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runDemo } from "../../scripts/demo/journey.ts";
import { parseOptions } from "../../scripts/local/options.ts";
import { nextRun } from "../../scripts/local/scheduler.ts";
import { bootStack } from "../support/stack.ts";

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
    const other = await bootStack({ functions: false });
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
    // A process that is surely alive, and node.
    writeFileSync(join(dataDir, "lock"), String(process.ppid));
    expect(await fault({ dataDir, inMemory: true })).toContain("stop it first");
    expect(readFileSync(join(dataDir, "lock"), "utf8")).toBe(String(process.ppid));
  });

  test("an option that does not exist, and a database that is no URL", () => {
    expect(() => parseOptions(["--nope"])).toThrow("Unknown option --nope");
    expect(() => parseOptions(["--database"])).toThrow("--database needs a URL");
    expect(parseOptions(["--once", "--reset", "--no-demo"])).toMatchObject({
      once: true,
      reset: true,
      demo: false,
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
