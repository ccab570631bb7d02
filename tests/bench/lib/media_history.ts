import { withClient } from "../../../scripts/local/server/types.ts";
import { ask, type Database, prepare } from "./databases.ts";
import { makeUsers, userId } from "./fixtures.ts";
import { NOOP_PROVIDER } from "./media_worker.ts";
import type { Bench } from "./types.ts";

export const USERS = 1_000;
const PRICE = 3;
/** Jobs of each user in one statement. */
const CHUNK = 25;

/** The image of the nth finished job, in SQL. */
export const imageId = (n: string): string => `md5('image' || ${n})::uuid`;

// What each finished job has left behind, from the request to the ledger.
const WRITE = `
  with done as materialized (
    select
      n.n, a.user_id, a.last_seq + s.i as seq, a.balance - ${PRICE} * (s.i - 1) as balance,
      ${imageId("n.n")} as image_id,
      md5('operation' || n.n)::uuid as operation_id,
      md5('job' || n.n)::uuid as job_id,
      md5('hold' || n.n)::uuid as hold_id,
      now() - interval '1 year' + n.n * interval '20 seconds' as at,
      a.user_id || '/' || md5('operation' || n.n)::uuid || '/' || md5('token' || n.n)::uuid as folder,
      r.id as route_id
    from generate_series(1, $2::integer) as s (i)
    cross join generate_series(1, ${USERS}) as u (u)
    cross join lateral (select ($1::integer + s.i - 1) * ${USERS} + u.u as n) as n
    join public.credit_accounts as a on a.user_id = ${userId("u.u")}
    cross join (select id from public.provider_routes where provider = '${NOOP_PROVIDER}') as r
    order by n.n
  ),
  filed as materialized (
    select d.*, jsonb_build_array(
      jsonb_build_object('kind', 'processed', 'bucket', 'results', 'path', d.folder || '/processed.png',
        'content_type', 'image/png', 'bytes', 64, 'width', 64, 'height', 64),
      jsonb_build_object('kind', 'thumbnail', 'bucket', 'results', 'path', d.folder || '/thumbnail.png',
        'content_type', 'image/png', 'bytes', 64, 'width', 64, 'height', 64)
    ) as files
    from done as d
  ),
  images as (
    insert into editor.images (
      id, user_id, original_filename, processed_url, thumbnail_url, processing_status, created_at, updated_at
    )
    select d.image_id, d.user_id, 'picture.png',
      private.object_url('results', d.folder || '/processed.png'),
      private.object_url('results', d.folder || '/thumbnail.png'), 'completed', d.at, d.at
    from done as d
  ),
  operations as (
    insert into editor.image_operations (
      id, image_id, user_id, operation_type, api_provider, status, input_data, output_data,
      processing_time, credits_used, api_cost, created_at, completed_at
    )
    select d.operation_id, d.image_id, d.user_id, 'generate', '${NOOP_PROVIDER}', 'completed',
      '{"prompt": "A cat on a roof", "width": 1024, "height": 1024}',
      jsonb_build_object('files', d.files), 0.01, ${PRICE}, 0.01, d.at, d.at
    from filed as d
  ),
  holds as (
    insert into public.credit_holds (
      id, user_id, amount, captured, status, lot_seqs, lot_amounts, description, metadata, final_seq,
      created_at, ended_at
    )
    select d.hold_id, d.user_id, ${PRICE}, ${PRICE}, 'captured', '{1}', '{${PRICE}}', 'editor.generate',
      jsonb_build_object('operation', 'editor.generate', 'subject_id', d.operation_id), d.seq, d.at, d.at
    from done as d
  ),
  jobs as (
    insert into public.jobs (
      id, user_id, type, subject_id, payload, status, run_at, attempts, worker, progress, result,
      price, hold_id, route_id, deadline, created_at, started_at, finished_at
    )
    select d.job_id, d.user_id, 'editor.generate', d.operation_id,
      jsonb_build_object('prompt', 'A cat on a roof', 'width', 1024, 'height', 1024,
        'operation', 'generate', 'image_id', d.image_id),
      'completed', d.at, 1, 'bench', 100,
      jsonb_build_object('files', d.files, 'provider', '${NOOP_PROVIDER}', 'model', '', 'processing_time', 0.01),
      ${PRICE}, d.hold_id, d.route_id, d.at + interval '3 hours', d.at, d.at, d.at
    from filed as d
  ),
  attempts as (
    insert into public.job_attempts (
      job_id, attempt, user_id, worker, outcome, started_at, finished_at
    )
    select d.job_id, 1, d.user_id, 'bench', 'completed', d.at, d.at from done as d
  ),
  calls as (
    insert into public.api_usage_logs (
      user_id, job_id, api_provider, operation_type, request_data, response_data, status_code,
      response_time, cost, created_at
    )
    select d.user_id, d.job_id, '${NOOP_PROVIDER}', 'generate',
      '{"width": 1024, "height": 1024, "operation": "generate", "with_source": false, "prompt_length": 15}',
      '{}', 200, 0.01, 0.01, d.at
    from done as d
  )
  insert into public.credit_transactions (
    user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before,
    debt_after, hold_id, job_id, description, metadata, created_at
  )
  select d.user_id, d.seq, 'usage', 'capture', -${PRICE}, d.balance, d.balance - ${PRICE}, 0, 0,
    d.hold_id, d.job_id, 'editor.generate',
    jsonb_build_object('operation', 'editor.generate', 'subject_id', d.operation_id), d.at
  from done as d`;

/**
 * Users, a provider that answers at once, and finished jobs as the whole path would have left them,
 * in the order of time. Triggers and foreign keys are left out for speed; the ledger's audit and a
 * look for orphans say that nothing is amiss.
 */
export async function fillMedia(bench: Bench, database: Database, jobs: number): Promise<void> {
  await makeUsers(database, USERS);
  await prepare(
    database,
    `insert into public.providers (name) values ('${NOOP_PROVIDER}')`,
    `insert into public.provider_routes (operation, provider, priority)
     values ('editor.generate', '${NOOP_PROVIDER}', 1)`,
    `insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
     values ('${NOOP_PROVIDER}', 'generate', 0.01, date '2026-01-01')`,
    `insert into private.job_lanes (type, user_id)
     select 'editor.generate', p.id from public.profiles as p`,
    "select private.set_setting('worker_secret', 'a secret of the bench')",
    "select private.set_setting('functions_url', 'http://127.0.0.1:1/functions/v1')",
  );
  const each = jobs / USERS;
  await withClient(database.superuserUrl, async (client) => {
    await client.query("set session_replication_role = replica");
    for (let from = 0; from < each; from += CHUNK) {
      const n = Math.min(CHUNK, each - from);
      await client.query(WRITE, [from, n]);
      await client.query(
        "update public.credit_lots set remaining = remaining - $1, spent = spent + $1",
        [n * PRICE],
      );
      await client.query(
        `update public.credit_accounts
         set balance = balance - $1, last_seq = last_seq + $2, total_used = total_used + $1`,
        [n * PRICE, n],
      );
      const written = (from + n) * USERS;
      if (written % 250_000 === 0) bench.log(`  ${written} of ${jobs} finished jobs`);
    }
  });
  await prepare(database, "vacuum (freeze, analyze)", "checkpoint");
  await requireSound(database);
}

/** The ledger adds up, and every request, hold and charge has its job. */
export async function requireSound(database: Database): Promise<void> {
  const [amiss] = await ask<{ findings: number; orphans: number }>(
    database,
    `select
       (select count(*)::integer from private.audit_credits()) as findings,
       (
         select count(*)::integer
         from public.jobs as j
         left join editor.image_operations as o on o.id = j.subject_id and o.status = j.status
         left join editor.images as i on i.id = o.image_id and i.user_id = j.user_id
         left join public.credit_holds as h on h.id = j.hold_id and h.status = 'captured'
         left join public.credit_transactions as t
           on t.user_id = h.user_id and t.seq = h.final_seq and t.job_id = j.id
         where t.seq is null or i.id is null or j.status <> 'completed'
       ) as orphans`,
  );
  if (amiss?.findings !== 0 || amiss.orphans !== 0) {
    throw new Error(`the history is not sound: ${JSON.stringify(amiss)}`);
  }
}
