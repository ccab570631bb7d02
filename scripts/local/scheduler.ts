import { Cron } from "croner";
import type { Database } from "./database.ts";
import { messageOf } from "./stack_error.ts";

const TICK_MS = 250;
const RELOAD_MS = 5_000;

interface Job {
  jobid: number;
  schedule: string;
  command: string;
}

interface Planned extends Job {
  next: number;
  running: boolean;
}

export interface Scheduler {
  stop(): Promise<void>;
}

// pg_cron's part on databases without it: runs what cron.job says, one run of a job at a time, and
// writes cron.job_run_details. Times are UTC, as on Supabase.
export function startScheduler(
  db: Database,
  onError: (text: string) => void,
  onRun: () => void,
): Scheduler {
  const planned = new Map<number, Planned>();
  const running = new Set<Promise<void>>();
  let loadedAt = 0;
  let ticking = false;

  const reload = async () => {
    loadedAt = Date.now();
    const jobs = await db.query<Job>(
      "select jobid::int4 as jobid, schedule, command from cron.job where active",
    );
    const ids = new Set(jobs.map((job) => job.jobid));
    for (const id of planned.keys()) if (!ids.has(id)) planned.delete(id);
    for (const job of jobs) {
      const known = planned.get(job.jobid);
      if (known?.schedule === job.schedule) {
        known.command = job.command;
        continue;
      }
      const next = nextRun(job.schedule, Date.now());
      if (next === undefined)
        onError(`cron job ${job.jobid}: schedule ${job.schedule} is not understood`);
      planned.set(job.jobid, { ...job, next: next ?? Number.POSITIVE_INFINITY, running: false });
    }
  };

  const run = async (job: Planned) => {
    const startedAt = new Date();
    let failure: string | undefined;
    try {
      await db.exec(job.command);
    } catch (error) {
      failure = messageOf(error);
      onError(`cron job ${job.jobid} (${job.command}): ${failure}`);
      // A command may have left a transaction open in PGlite's one session.
      if (db.embedded) await db.exec("rollback").catch(() => {});
    }
    await db.query(
      `insert into cron.job_run_details
         (jobid, database, username, command, status, return_message, start_time, end_time)
       values ($1, current_database(), current_user, $2, $3, $4, $5, clock_timestamp())`,
      [
        job.jobid,
        job.command,
        failure === undefined ? "succeeded" : "failed",
        failure ?? "1 row",
        startedAt.toISOString(),
      ],
    );
    onRun();
  };

  const tick = async () => {
    if (Date.now() - loadedAt > RELOAD_MS) await reload();
    for (const job of planned.values()) {
      if (job.running || job.next > Date.now()) continue;
      job.running = true;
      job.next = nextRun(job.schedule, Date.now()) ?? Number.POSITIVE_INFINITY;
      const one = run(job)
        .catch((error: unknown) => onError(`cron job ${job.jobid}: ${messageOf(error)}`))
        .finally(() => {
          job.running = false;
          running.delete(one);
        });
      running.add(one);
    }
  };

  const timer = setInterval(() => {
    if (ticking) return;
    ticking = true;
    const one = tick()
      .catch((error: unknown) => onError(`scheduler: ${messageOf(error)}`))
      .finally(() => {
        ticking = false;
        running.delete(one);
      });
    running.add(one);
  }, TICK_MS);

  return {
    async stop() {
      clearInterval(timer);
      while (running.size > 0) await Promise.all(running);
    },
  };
}

// pg_cron takes five fields, or an interval of seconds.
export function nextRun(schedule: string, now: number): number | undefined {
  const seconds = /^\s*(\d+)\s+seconds?\s*$/i.exec(schedule)?.[1];
  if (seconds) return now + Number(seconds) * 1000;
  if (schedule.trim().split(/\s+/).length !== 5) return undefined;
  try {
    return new Cron(schedule.trim(), { timezone: "UTC" }).nextRun(new Date(now))?.getTime();
  } catch {
    return undefined;
  }
}
