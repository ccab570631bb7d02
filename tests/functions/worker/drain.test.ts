import { describe, expect, test, vi } from "vitest";
import { Drain, type DrainOptions } from "../../../functions/_shared/jobs/drain.ts";
import type { Job } from "../../../functions/_shared/jobs/job.ts";
import { bench, upscaleJob } from "./fakes/bench.ts";
import { databaseAway } from "./fakes/job_store.ts";

// A queue of numbered jobs, each of which ends when the test says so.
function queue(options: Partial<DrainOptions> = {}) {
  const waiting: Job[] = [];
  const open = new Map<string, () => void>();
  const ran: string[] = [];
  let claims = 0;
  const drain = new Drain({
    claim: async (limit) => {
      claims += 1;
      return waiting.splice(0, limit);
    },
    run: (job) => {
      ran.push(job.id);
      return new Promise<void>((resolve) => open.set(job.id, resolve));
    },
    concurrency: 2,
    budgetMs: Number.POSITIVE_INFINITY,
    log: () => undefined,
    firstBackoffMs: 1,
    ...options,
  });
  const add = (...ids: string[]) => {
    for (const id of ids) waiting.push({ id, lock_token: id } as Job);
  };
  const end = (id: string) => open.get(id)?.();
  return { drain, add, end, ran, waiting, claims: () => claims };
}

describe("the loop", () => {
  test("runs what there is, at most as many at a time as it may, and ends", async () => {
    const { drain, add, end, ran } = queue();
    add("a", "b", "c");
    const ended = drain.ring();
    await vi.waitFor(() => expect(ran).toEqual(["a", "b"]));
    end("a");
    await vi.waitFor(() => expect(ran).toEqual(["a", "b", "c"]));
    end("b");
    end("c");
    await ended;
  });

  test("two rings at once make one loop", async () => {
    const { drain, add, end, ran } = queue();
    add("a");
    const [first, second] = [drain.ring(), drain.ring()];
    expect(first).toBe(second);
    await vi.waitFor(() => expect(ran).toEqual(["a"]));
    end("a");
    await first;
    expect(ran).toEqual(["a"]);
  });

  test("a ring during a long job starts the new one beside it", async () => {
    const { drain, add, end, ran } = queue();
    add("long");
    const ended = drain.ring();
    await vi.waitFor(() => expect(ran).toEqual(["long"]));
    add("short");
    void drain.ring();
    await vi.waitFor(() => expect(ran).toEqual(["long", "short"]));
    end("short");
    end("long");
    await ended;
  });

  test("a ring in any moment of the loop is heard", async () => {
    for (let delay = 0; delay < 40; delay++) {
      const { drain, add, ran } = queue({ run: async (job) => void ran.push(job.id) });
      add("a");
      void drain.ring();
      for (let turn = 0; turn < delay; turn++) await Promise.resolve();
      add("b");
      await drain.ring();
      expect(ran, `after ${delay} turns`).toEqual(["a", "b"]);
    }
  });

  test("a job that ends makes the loop look again: a cap may have a free place", async () => {
    const { drain, add, end, ran, waiting } = queue();
    add("a");
    const ended = drain.ring();
    await vi.waitFor(() => expect(ran).toEqual(["a"]));
    waiting.push({ id: "b" } as Job);
    end("a");
    await vi.waitFor(() => expect(ran).toEqual(["a", "b"]));
    end("b");
    await ended;
  });

  test("a job that throws takes nothing down with it", async () => {
    const { drain, add } = queue({ run: () => Promise.reject(new Error("unforeseen")) });
    add("a", "b", "c");
    await drain.ring();
  });

  test("after its time it takes no more, and rings for what is left", async () => {
    let now = 0;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now);
    const ringAgain = vi.fn(async () => undefined);
    const { drain, add, ran, waiting } = queue({
      budgetMs: 1_000,
      concurrency: 1,
      ringAgain,
      run: async (job) => {
        ran.push(job.id);
        now += 600;
      },
    });
    add("a", "b", "c");
    await drain.ring();
    clock.mockRestore();
    expect(ran).toEqual(["a", "b"]);
    expect(waiting).toHaveLength(1);
    expect(ringAgain).toHaveBeenCalledTimes(1);
  });

  test("does not ring again when nothing is left", async () => {
    const ringAgain = vi.fn(async () => undefined);
    const { drain, add } = queue({ budgetMs: 60_000, ringAgain, run: async () => undefined });
    add("a");
    await drain.ring();
    expect(ringAgain).not.toHaveBeenCalled();
  });
});

describe("a database that is away", () => {
  test("is asked again until it is back", async () => {
    let refusals = 3;
    const { drain, ran } = queue({
      claim: async () => {
        if (refusals-- > 0) throw databaseAway();
        return refusals === -1 ? [{ id: "a" } as Job] : [];
      },
      run: async (job) => void ran.push(job.id),
    });
    await drain.ring();
    expect(ran).toEqual(["a"]);
  });

  test("for long is left to cron, which rings when it is back", async () => {
    const claim = vi.fn(() => Promise.reject(databaseAway()));
    const ringAgain = vi.fn(async () => undefined);
    const { drain } = queue({ claim, ringAgain });
    await drain.ring();
    expect(claim.mock.calls.length).toBeLessThan(20);
    expect(ringAgain).not.toHaveBeenCalled();
    await drain.ring();
    expect(claim.mock.calls.length).toBeGreaterThan(9);
  }, 20_000);
});

test("two doorbells in two processes do every job once", async () => {
  const { store, newProcess, log } = bench();
  for (let made = 0; made < 20; made++) upscaleJob(store);
  const loops = [newProcess(), newProcess()].map(
    ({ claim, run }) =>
      new Drain({ claim, run, concurrency: 3, budgetMs: Number.POSITIVE_INFINITY, log }),
  );
  await Promise.all(loops.flatMap((loop) => [loop.ring(), loop.ring()]));
  const jobs = [...store.jobs.values()];
  expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => "completed"));
  expect(jobs.every(({ endings, attempts }) => endings === 1 && attempts === 1)).toBe(true);
});
