// Claims and completes until the queue is empty or the time is over. `batch` 1: one by one; more:
// a claim of so many and one complete_jobs for them.
import pg from "pg";

const { url, type, loops, batch, seconds, jobs } = JSON.parse(process.argv[2]);

const pool = new pg.Pool({ connectionString: url, max: loops, options: "-c role=service_role" });
await Promise.all(Array.from({ length: loops }, () => pool.query("select pg_sleep(0.1)")));

const claim = {
  name: "claim",
  text: "select j.id, j.lock_token, j.payload from public.claim_jobs($1, $2, $3) as j",
};
const complete = { name: "complete", text: "select public.complete_job($1, $2, $3)" };
const completeMany = {
  name: "complete_many",
  text: "select c.error from public.complete_jobs($1) as c",
};

let done = 0;
let empty = 0;
let started;
let last = 0;
const until = performance.now() + seconds * 1000;

async function finish(rows) {
  if (batch === 1) {
    for (const { id, lock_token } of rows) {
      await pool.query({ ...complete, values: [id, lock_token, "{}"] });
    }
  } else {
    const items = rows.map(({ id, lock_token }) => ({ job_id: id, lock_token, result: {} }));
    const answer = await pool.query({ ...completeMany, values: [JSON.stringify(items)] });
    const refused = answer.rows.find(({ error }) => error);
    if (refused) throw new Error(refused.error);
  }
  done += rows.length;
  last = performance.now();
}

async function loop(n) {
  while (performance.now() < until && done < jobs) {
    const { rows } = await pool.query({ ...claim, values: [`bench-${n}`, batch, [type]] });
    if (rows.length === 0) {
      // Another loop has the lanes that are left.
      empty++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    started ??= performance.now();
    await finish(rows);
  }
}

await Promise.all(Array.from({ length: loops }, (_, n) => loop(n)));
await pool.end();
console.log(
  JSON.stringify({ done, empty, perSecond: done === 0 ? 0 : (1000 * done) / (last - started) }),
);
