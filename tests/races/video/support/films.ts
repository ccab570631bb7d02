import type pg from "pg";
import { expect } from "vitest";
import type { FreshDatabase } from "../../../support/database.ts";
import { findings } from "../../support/invariants.ts";
import { type Answer, ask, named } from "../../support/sessions.ts";
import { completeManySql, completeSql, type JobRow } from "../../support/world.ts";

export const retrySql = "select * from video.retry_generation($1)";
export const filmSql = `
  select * from video.generate_storyboard(
    $1,
    jsonb_build_object('model', 'veo-fast', 'style_preset_id', (
      select p.id from video.style_presets as p order by p.created_at desc limit 1
    )),
    $2
  )`;
export const cancelRunSql = "select video.cancel_storyboard_run($1) as n";
export const chainSql =
  'select * from video.run_tool_chain($1, \'{"prompt": "A harbour at dawn"}\', $2)';
export const cancelChainSql = "select * from video.cancel_tool_chain_run($1)";
export const deleteChainRunSql = "select video.delete_tool_chain_run($1)";

export const VIDEO_TYPES = [
  "video.generate",
  "video.image",
  "video.upscale",
  "video.background_removal",
];

/** A storyboard of so many frames, in a campaign with a brand, and a style preset. */
export async function createStoryboard(
  database: FreshDatabase,
  user: string,
  frames: number,
): Promise<{ storyboard: string; campaign: string }> {
  const [row] = await database.query<{ storyboard: string; campaign: string }>(
    `with brand as (
       insert into video.brand_guidelines (user_id, brand_name) values ($1, 'Brand') returning id
     ),
     preset as (
       insert into video.style_presets (user_id, name) values ($1, 'Style')
     ),
     campaign as (
       insert into video.campaigns (user_id, name, brand_guidelines_id)
       select $1, 'Film', b.id from brand as b
       returning id
     )
     insert into video.storyboard_sequences (user_id, campaign_id, name, frames)
     select $1, c.id, 'Shots', (
       select jsonb_agg(jsonb_build_object('description', 'Shot ' || n, 'duration', 8))
       from generate_series(1, $2::integer) as n
     )
     from campaign as c
     returning id as storyboard, campaign_id as campaign`,
    [user, frames],
  );
  if (!row) throw new Error("no storyboard");
  return row;
}

/** A chain of pictures and a video: five steps, of four types. */
export async function createChain(database: FreshDatabase, user: string): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `insert into video.tool_preset_chains (user_id, name, tools)
     values ($1, 'Chain', '[{"tool": "upscale", "settings": {"factor": 2}}, {"tool": "remove_background"},
       {"tool": "generate_video", "settings": {"model": "veo-fast"}}, {"tool": "generate_image"}]')
     returning id`,
    [user],
  );
  if (!row) throw new Error("no chain");
  // Its first step needs a picture.
  await database.query(
    `update video.tool_preset_chains
     set tools = '[{"tool": "generate_image"}]'::jsonb || tools where id = $1`,
    [row.id],
  );
  return row.id;
}

export const filmOf = (job: Pick<JobRow, "id" | "user_id">): string =>
  JSON.stringify({
    files: ["video", "poster", "processed"].map((kind) => ({
      kind,
      bucket: "results",
      path: `${job.user_id}/${job.id}/${kind}`,
    })),
  });

export const finish = (session: pg.ClientBase, job: JobRow): Promise<Answer<JobRow>> =>
  ask<JobRow>(session, completeSql, [job.id, job.lock_token, filmOf(job)]);

/** Several at once: complete_jobs, which locks and writes in one transaction. */
export const finishTogether = (session: pg.ClientBase, jobs: JobRow[]) =>
  ask(session, completeManySql, [
    JSON.stringify(
      jobs.map((job) => ({
        job_id: job.id,
        lock_token: job.lock_token,
        result: JSON.parse(filmOf(job)),
      })),
    ),
  ]);

/** Nobody deadlocked, and everybody was told one of these words or that it is done. */
export function expectToldOf(answers: Answer<unknown>[], allowed: string[], of = ""): void {
  const told = answers.map((answer) => named(answer.refusal));
  expect(
    told.filter((word) => word !== "done" && !allowed.includes(word)),
    `${of}: ${told}`,
  ).toEqual([]);
}

const generations = `
  select jsonb_build_object('problem', 'a generation differs from its jobs', 'generation', to_jsonb(g), 'jobs', to_jsonb(s)) as finding
  from video.generations as g
  left join lateral (
    select
      count(*) filter (where j.finished_at is null) as open,
      count(*) filter (where j.status = 'completed') as completed,
      coalesce(sum(j.price) filter (where j.status = 'completed'), 0) as credits
    from public.jobs as j
    where j.subject_id = g.id and j.user_id = g.user_id
  ) as s on true
  where (g.status = 'generating') <> (s.open = 1)
    or (g.status = 'success') <> (s.completed = 1)
    or s.open > 1 or s.completed > 1
    or (g.status <> 'generating' and g.credits_used is distinct from s.credits)`;

const campaigns = `
  select jsonb_build_object('problem', 'a campaign counts wrongly', 'campaign', to_jsonb(c)) as finding
  from video.campaigns as c
  where c.completed_videos <> (
    select count(*) from video.generations as g where g.campaign_id = c.id and g.status = 'success'
  )`;

const chains = `
  select jsonb_build_object('problem', 'a chain differs from its steps and jobs', 'run', to_jsonb(r), 'steps', s.steps) as finding
  from video.tool_chain_runs as r
  left join lateral (
    select
      jsonb_agg(jsonb_build_object('step', x.step, 'status', x.status, 'used', x.credits_used) order by x.step) as steps,
      count(*) filter (where x.status = 'running') as running,
      count(*) filter (where x.status = 'success') as done,
      coalesce(sum(x.credits_used), 0) as credits,
      (select count(*) from public.jobs as j where j.subject_id = any (array_agg(x.id)) and j.finished_at is null) as open
    from video.tool_chain_steps as x
    where x.run_id = r.id
  ) as s on true
  where s.credits <> r.credits_used
    or s.open <> s.running
    or case r.status
      when 'running' then s.running <> 1
      when 'success' then s.done <> r.steps or s.running <> 0
      else s.running <> 0 or s.done >= r.steps
    end`;

/** Everything that is wrong with the database, and with what video keeps in it. */
export async function filmFindings(database: FreshDatabase): Promise<unknown[]> {
  const all = await findings(database);
  for (const text of [generations, campaigns, chains]) {
    const rows = await database.query<{ finding: unknown }>(text);
    all.push(...rows.slice(0, 5).map((row) => row.finding));
  }
  return all;
}
