import { type Database, prepare } from "./databases.ts";

/** Users 1 to n. Their ids lie anywhere in the indexes, and a script finds one by its number. */
export const userId = (n: string): string => `md5(${n}::text)::uuid`;

/** Users with accounts that no run empties: one lot of a thousand million credits each. */
export async function makeUsers(database: Database, count: number): Promise<void> {
  await prepare(
    database,
    // A profile opens its account; the sign-up credits would be a second lot.
    `select private.set_setting('signup_credits', '0')`,
    `insert into public.profiles (id, username)
     select ${userId("n")}, 'bench_' || n from generate_series(1, ${count}) as n`,
    `select count(private.grant_credits(p.id, 1000000000, 'purchase')) from public.profiles as p`,
    `vacuum (analyze) public.profiles, public.credit_accounts, public.credit_lots, public.credit_transactions`,
  );
}

export const NOOP = "bench.noop";

/** A type of job without handlers and price. Its lease is long: no slow run may lose one by accident. */
export async function makeJobType(
  database: Database,
  maxRunningPerUser: number,
  lease = "10 minutes",
): Promise<void> {
  await prepare(
    database,
    `insert into public.job_types (type, max_running_per_user, max_queued_per_user, lease)
     values ('${NOOP}', ${maxRunningPerUser}, 2000000000, '${lease}')`,
  );
}

/** Queued jobs of users in turn, with their lanes, as many single requests would have left them. */
export async function fillQueue(database: Database, jobs: number, users: number): Promise<void> {
  await prepare(
    database,
    `with queued as (
       insert into public.jobs (user_id, type, max_attempts, run_at, deadline, due_at)
       select ${userId(`(1 + n % ${users})`)}, '${NOOP}', 3,
         now() - interval '1 minute' + n * interval '1 microsecond',
         now() + interval '1 hour', now() + interval '1 hour'
       from generate_series(1, ${jobs}) as n
       returning user_id, run_at
     )
     select count(private.add_to_lane('${NOOP}', q.user_id, q.n, 0::smallint, q.run_at))
     from (
       select d.user_id, count(*)::integer as n, min(d.run_at) as run_at from queued as d group by 1
     ) as q`,
    "vacuum (analyze) public.jobs, public.job_attempts, private.job_lanes",
  );
}

/** Takes away what a run did not finish, so that the next one starts with its own jobs alone. */
export async function emptyQueue(database: Database): Promise<void> {
  await prepare(
    database,
    "delete from public.jobs where finished_at is null",
    "update private.job_lanes set queued = 0, running = 0, next_at = 'infinity', low_priority = 0, low_run_at = '-infinity' where queued > 0 or running > 0",
  );
}
