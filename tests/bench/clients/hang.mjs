// Claims a job, says so, and never ends it: to be killed.
import pg from "pg";

const { url, type } = JSON.parse(process.argv[2]);
const client = new pg.Client({ connectionString: url, options: "-c role=service_role" });
await client.connect();
const { rows } = await client.query("select j.id from public.claim_jobs('victim', 1, $1) as j", [
  [type],
]);
console.log(rows[0].id);
setInterval(() => {}, 1_000);
