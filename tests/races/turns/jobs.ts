import type { Turn } from "./turn.ts";

const one = (condition: string): string =>
  `(select j.id from public.jobs as j where j.user_id = :me and ${condition} order by j.id limit 1)`;
const running = one("j.type = 'editor.upscale' and j.status = 'processing'");
const chained = one("j.next_type is not null and j.status = 'queued'");
const lanesOf = (job: string): string =>
  `private.job_lanes where (type, user_id) in (select j.type, j.user_id from public.jobs as j where j.id = ${job})`;
const called =
  "(select k.job_id from private.provider_tasks as k where k.external_id = 'task of turns')";
const claim = (type: string, limit = 10): string =>
  `select * from private.claim_jobs('a worker', ${limit}, '{${type}}')`;

export const jobs: Turn[] = [
  {
    what: "a claim within a cap over all users",
    row: "public.job_types where type = 'editor.vectorize'",
    call: claim("editor.vectorize"),
    waitsIn: "claim_jobs",
  },
  {
    what: "a claim, of a queued job that another claims",
    row: "public.jobs where type = 'editor.generate' and status = 'queued'",
    call: claim("editor.generate"),
  },
  {
    what: "a claim, of a waiting job that another claims",
    row: "public.jobs where status = 'waiting'",
    call: claim("stage:run"),
  },
  {
    what: "a claim of one job, where others have the lanes",
    row: "private.job_lanes where type = 'editor.generate'",
    call: claim("editor.generate", 1),
  },
  {
    what: "a claim of many jobs, where others have the lanes",
    row: "private.job_lanes where type = 'editor.generate'",
    call: claim("editor.generate"),
  },
  {
    what: "one more job under a hold",
    row: "private.job_lanes where user_id = :me and type = 'editor.generate'",
    call: `select private.continue_hold(
      jsonb_populate_record(null::private.job_request, jsonb_build_object(
        'user_id', :me, 'type', 'editor.generate', 'subject_id', gen_random_uuid()
      )), null, 0
    )`,
    waitsIn: "continue_hold",
  },
  {
    what: "a heartbeat",
    row: `public.jobs where id = ${running}`,
    call: `select private.heartbeat_job(j.id, j.lock_token, 5, now() + interval '1 minute') from public.jobs as j where j.id = ${running}`,
    waitsIn: "heartbeat_job",
  },
  {
    what: "the end of a job, whose lane another has",
    row: lanesOf(running),
    call: `select private.lock_job(${running})`,
    waitsIn: "lock_job",
  },
  {
    what: "the end of a step of a chain, whose lane another has",
    row: lanesOf(chained),
    call: `select private.lock_job(${chained})`,
    waitsIn: "lock_job",
  },
  {
    what: "the end of a job",
    row: `public.jobs where id = ${running}`,
    call: `select private.lock_job(${running})`,
    waitsIn: "lock_job",
  },
  {
    what: "the end of many jobs, whose lane another has",
    row: lanesOf(running),
    call: `select private.lock_jobs(array[${running}])`,
    waitsIn: "lock_jobs",
  },
  {
    what: "the end of many jobs",
    row: `public.jobs where id = ${running}`,
    call: `select private.lock_jobs(array[${running}])`,
    waitsIn: "lock_jobs",
  },
  {
    what: "a provider that calls back",
    row: `public.jobs where id = ${called}`,
    call: "select private.record_provider_callback('fal', 'task of turns', '{}')",
    waitsIn: "record_provider_callback",
  },
  {
    what: "a ring at the doorbell",
    row: "private.doorbell",
    before: `
      select private.set_setting('functions_url', 'http://127.0.0.1:9');
      select private.set_setting('worker_secret', 'a secret')`,
    call: "select private.ring_doorbell()",
  },
  {
    what: "the choice of a provider that has a cap",
    row: "public.providers where name = 'local'",
    call: "select private.choose_route('editor.upscale', '', '{local}')",
    waitsIn: "choose_route",
  },
  {
    what: "a fault of a provider",
    row: "public.provider_circuits where provider = 'local' and operation = 'editor.upscale'",
    call: "select private.note_provider_call('local', 'editor.upscale', 'fault')",
    waitsIn: "note_provider_call",
  },
  {
    what: "a job that is given a provider",
    row: `public.jobs where id = ${running}`,
    call: `select private.route_job(j.id, j.lock_token, '{local}') from public.jobs as j where j.id = ${running}`,
    waitsIn: "route_job",
  },
];
