import type { FreshDatabase } from "../../support/database.ts";

const audit = "select to_jsonb(f) as finding from private.audit_credits() as f";

/** What a lane counts and what the jobs say; nothing queued may lie before a lane's start or be due before its time. */
const lanes = `
  with counted as (
    select
      j.type, j.user_id,
      count(*) filter (where j.status = 'queued') as queued,
      count(*) filter (where j.status in ('processing', 'waiting')) as running,
      min(j.run_at) filter (where j.status = 'queued') as next_at
    from public.jobs as j
    group by j.type, j.user_id
  )
  select jsonb_build_object('problem', 'a lane differs from its jobs', 'lane', to_jsonb(l), 'jobs', to_jsonb(c)) as finding
  from private.job_lanes as l
  full join counted as c on c.type = l.type and c.user_id = l.user_id
  join public.job_types as t on t.type = coalesce(l.type, c.type)
  where coalesce(l.queued, 0) <> coalesce(c.queued, 0)
    or coalesce(l.running, 0) <> coalesce(c.running, 0)
    or coalesce(l.running, 0) > t.max_running_per_user
    or (c.queued > 0 and l.next_at > greatest(c.next_at, now()))
    or exists (
      select 1
      from public.jobs as q
      where q.status = 'queued' and q.type = l.type and q.user_id = l.user_id
        and (q.priority, q.run_at) < (l.low_priority, l.low_run_at)
    )`;

/** Success is charged once at its price, anything else not at all. */
const charges = `
  with charged as (
    select t.job_id, count(*) as n, -sum(t.amount) as credits
    from public.credit_transactions as t
    where t.operation = 'capture' and t.job_id is not null
    group by t.job_id
  )
  select jsonb_build_object('problem', 'a job is charged wrongly', 'job', to_jsonb(j), 'charged', to_jsonb(c)) as finding
  from public.jobs as j
  left join charged as c on c.job_id = j.id
  where case
    when j.status = 'completed' and j.price > 0 then c.n is distinct from 1 or c.credits <> j.price
    else c.n is not null
  end`;

const holds = `
  select jsonb_build_object('problem', 'a hold differs from its jobs', 'hold', to_jsonb(h), 'jobs', to_jsonb(s)) as finding
  from public.credit_holds as h
  join (
    select
      j.hold_id,
      coalesce(sum(j.price) filter (where j.status = 'completed'), 0) as credits,
      count(*) filter (where j.finished_at is null) as open
    from public.jobs as j
    where j.hold_id is not null
    group by j.hold_id
  ) as s on s.hold_id = h.id
  where h.captured <> s.credits or (h.status = 'held') <> (s.open > 0)`;

/** One ending: a completed job has one completed attempt, no other job has one. */
const attempts = `
  select jsonb_build_object('problem', 'attempts differ from the job', 'job', to_jsonb(j), 'attempts', a.n) as finding
  from public.jobs as j
  left join lateral (
    select
      count(*) filter (where x.outcome = 'completed') as completed,
      count(*) as n,
      coalesce(max(x.attempt), 0) as last
    from public.job_attempts as x
    where x.job_id = j.id
  ) as a on true
  where a.completed <> (case when j.status = 'completed' then 1 else 0 end)
    or a.last > j.attempts
    or j.attempts > j.max_attempts`;

const operations = `
  select jsonb_build_object('problem', 'an operation differs from its job', 'job', to_jsonb(j), 'operation', to_jsonb(o)) as finding
  from editor.image_operations as o
  left join public.jobs as j
    on j.subject_id = o.id and j.user_id = o.user_id and j.type = 'editor.' || o.operation_type
  where case
      -- Steps of a pipeline that were not begun.
      when j.id is null then coalesce(o.step, 1) = 1 or o.status not in ('pending', 'failed')
      when j.status = 'completed' then o.status <> 'completed' or o.credits_used is distinct from j.price
      when j.finished_at is not null then o.status <> 'failed' or o.credits_used is distinct from 0
      else o.status not in ('pending', 'processing')
    end`;

/** A pipeline is as far as its steps are, and the one that is not over has a job. */
const pipelines = `
  with steps as (
    select
      o.pipeline_id,
      count(*) as n,
      count(*) filter (where o.status = 'completed') as completed,
      count(*) filter (where o.status = 'failed') as failed,
      coalesce(sum(o.credits_used), 0) as credits,
      count(j.id) filter (where j.finished_at is null) as open_jobs
    from editor.image_operations as o
    left join public.jobs as j
      on j.subject_id = o.id and j.user_id = o.user_id and j.type = 'editor.' || o.operation_type
    where o.pipeline_id is not null
    group by o.pipeline_id
  )
  select jsonb_build_object('problem', 'a pipeline differs from its steps', 'pipeline', to_jsonb(p), 'steps', to_jsonb(s)) as finding
  from editor.image_pipelines as p
  left join steps as s on s.pipeline_id = p.id
  where s.n is distinct from cardinality(p.prices)
    or p.credits_used <> s.credits
    or case p.status
      when 'completed' then s.completed <> s.n or s.open_jobs <> 0
      when 'failed' then s.failed = 0 or s.completed + s.failed <> s.n or s.open_jobs <> 0
      else s.failed <> 0 or s.completed = s.n or s.open_jobs <> 1
    end`;

/** No image waits for work that is over. */
const images = `
  select jsonb_build_object('problem', 'an image waits for nothing', 'image', to_jsonb(i)) as finding
  from editor.images as i
  where i.processing_status = 'processing' and not exists (
    select 1 from editor.image_operations as o
    where o.image_id = i.id and o.status in ('pending', 'processing')
  )`;

const broken = "select to_jsonb(e) as finding from private.handler_errors as e";

/** What holds also after the service sent what a handler must refuse, or ended a hold by hand. */
export const ALWAYS = [audit, lanes, attempts];
const AT_REST = [...ALWAYS, charges, holds, operations, pipelines, images, broken];

/** Everything that is wrong with the ledger, the lanes and the jobs of a database at rest. */
export async function findings(
  database: Pick<FreshDatabase, "query">,
  rules = AT_REST,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const text of rules) {
    const rows = await database.query<{ finding: unknown }>(text);
    all.push(...rows.slice(0, 5).map((row) => row.finding));
  }
  return all;
}

/** Only the lanes: cheap enough for every pause of a storm. */
export async function laneFindings(database: FreshDatabase): Promise<unknown[]> {
  const rows = await database.query<{ finding: unknown }>(lanes);
  return rows.slice(0, 5).map((row) => row.finding);
}

type Posting = {
  seq: string;
  amount: number;
  balance_before: number;
  balance_after: number;
  debt_before: number;
  debt_after: number;
};

/** Reads one account's book from its first line, on its own and not through the audit. */
export async function readBook(
  database: FreshDatabase,
  userId: string,
): Promise<{ postings: number; settled: number; debt: number; problems: string[] }> {
  const rows = await database.query<Posting>(
    "select seq, amount, balance_before, balance_after, debt_before, debt_after from public.credit_transactions where user_id = $1 order by seq",
    [userId],
  );
  let settled = 0;
  let debt = 0;
  const problems: string[] = [];
  rows.forEach((row, index) => {
    if (Number(row.seq) !== index + 1) problems.push(`seq ${row.seq} is line ${index + 1}`);
    if (row.balance_before !== settled || row.debt_before !== debt) {
      problems.push(`seq ${row.seq} does not follow`);
    }
    if (row.balance_after < 0) problems.push(`seq ${row.seq} is below zero`);
    if (row.amount !== row.balance_after - row.debt_after - (settled - debt)) {
      problems.push(`seq ${row.seq} does not add up`);
    }
    settled = row.balance_after;
    debt = row.debt_after;
  });
  return { postings: rows.length, settled, debt, problems };
}
