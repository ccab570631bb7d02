import type pg from "pg";
import type { FreshDatabase } from "../../support/database.ts";

/** The columns of public.jobs that the tests look at. */
export type JobRow = {
  id: string;
  user_id: string;
  type: string;
  subject_id: string;
  status: string;
  attempts: number;
  lock_token: string | null;
  lease_expires_at: Date | null;
  run_at: Date;
  deadline: Date;
  price: number;
  hold_id: string | null;
  error: string | null;
  started_at: Date;
  finished_at: Date | null;
};

export const claimSql = "select * from public.claim_jobs($1, $2, $3)";
export const completeSql = "select * from public.complete_job($1, $2, $3)";
export const completeManySql =
  "select coalesce(jsonb_agg(to_jsonb(c)), '[]') as told from public.complete_jobs($1) as c";
export const failSql = "select * from public.fail_job($1, $2, 'It did not work.', $3)";
export const cancelSql = "select * from public.cancel_job($1)";
export const reapSql = "select private.reap_job($1, $2)";

/** Users who signed up, each with that many credits. */
export async function createUsers(
  database: FreshDatabase,
  count: number,
  credits = 100,
): Promise<string[]> {
  // Sign-up gives 100.
  const rows = await database.query<{ id: string }>(
    `with created as materialized (
       select tests.create_user('user-' || n || '-' || gen_random_uuid() || '@example.com') as id
       from generate_series(1, $1) as n
     )
     select c.id from created as c`,
    [count],
  );
  const ids = rows.map((row) => row.id);
  if (credits > 100) {
    await database.query(
      "select public.grant_credits(u, $2, 'bonus') from unnest($1::uuid[]) as u",
      [ids, credits - 100],
    );
  }
  return ids;
}

/** Images of a user, each with an upload that is there. */
export async function createImages(
  database: FreshDatabase,
  userId: string,
  count: number,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `with upload as (
       insert into storage.objects (bucket_id, name, metadata)
       select 'uploads', $1 || '/' || gen_random_uuid() || '.png', '{"size": 1000}'
       from generate_series(1, $2)
       returning name
     )
     insert into editor.images (user_id, original_filename, original_url)
     select $1::uuid, 'x.png', u.name from upload as u
     returning id`,
    [userId, count],
  );
  return rows.map((row) => row.id);
}

const inputs: Record<string, string> = { generate: '{"prompt": "a harbour at dawn"}' };

export const insertOperationSql =
  "insert into editor.image_operations (image_id, operation_type, input_data) select i, $2, $3::jsonb from unnest($1::uuid[]) as i returning id";

/** The arguments of insertOperationSql. */
export const operationsOn = (imageIds: string[], type = "generate"): unknown[] => [
  imageIds,
  type,
  inputs[type] ?? "{}",
];

/** Asks for work on each image; gives the ids of the operations, which are the jobs' subjects. */
export async function requestOperations(
  database: FreshDatabase,
  imageIds: string[],
  type = "generate",
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    insertOperationSql,
    operationsOn(imageIds, type),
  );
  return rows.map((row) => row.id);
}

export async function liftCaps(database: FreshDatabase): Promise<void> {
  await database.query("update public.job_types set max_running_per_user = 10000");
}

export async function claim(
  session: pg.ClientBase,
  limit = 1,
  types: string[] | null = ["editor.generate"],
): Promise<JobRow[]> {
  const { rows } = await session.query<JobRow>(claimSql, ["a worker", limit, types]);
  return rows;
}

/** Claims until there is nothing left to claim. */
export async function claimAll(
  session: pg.ClientBase,
  types: string[] | null = ["editor.generate"],
): Promise<JobRow[]> {
  const all: JobRow[] = [];
  for (;;) {
    const some = await claim(session, 1000, types);
    if (some.length === 0) return all;
    all.push(...some);
  }
}

export const resultOf = (job: Pick<JobRow, "user_id" | "subject_id">): string =>
  JSON.stringify({
    provider: "local",
    processing_time: 0.5,
    files: [
      {
        kind: "processed",
        bucket: "results",
        path: `${job.user_id}/${job.subject_id}/processed.png`,
      },
    ],
  });

/** The argument of completeManySql. */
export const completionsOf = (jobs: JobRow[]): string =>
  JSON.stringify(
    jobs.map((job) => ({
      job_id: job.id,
      lock_token: job.lock_token,
      result: JSON.parse(resultOf(job)),
    })),
  );

export type Completion = { job_id: string; status: string; error: string | null };

export async function jobOf(database: FreshDatabase, id: string): Promise<JobRow> {
  const [row] = await database.query<JobRow>("select * from public.jobs where id = $1", [id]);
  if (!row) throw new Error(`no job ${id}`);
  return row;
}

export type Credits = { balance: number; held: number; debt: number };

export async function creditsOf(database: FreshDatabase, userId: string): Promise<Credits> {
  const [row] = await database.query<Credits>(
    "select balance, held, debt from public.credit_accounts where user_id = $1",
    [userId],
  );
  if (!row) throw new Error(`no account of ${userId}`);
  return row;
}
