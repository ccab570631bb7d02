// Hands customers' events to record_webhook_event, each customer's in order, a customer a loop.
import { readFileSync } from "node:fs";
import pg from "pg";

const { url, file, loops } = JSON.parse(process.argv[2]);

const customers = JSON.parse(readFileSync(file, "utf8"));
const pool = new pg.Pool({ connectionString: url, max: loops, options: "-c role=service_role" });
await Promise.all(Array.from({ length: loops }, () => pool.query("select pg_sleep(0.1)")));

const record = {
  name: "record",
  text: "select e.status, e.error from public.record_webhook_event('stripe', $1) as e",
};
let done = 0;

async function loop() {
  for (let events = customers.pop(); events; events = customers.pop()) {
    for (const event of events) {
      const { rows } = await pool.query({ ...record, values: [JSON.stringify(event)] });
      if (rows[0].status === "failed") throw new Error(rows[0].error);
      done += 1;
    }
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: loops }, loop));
const seconds = (performance.now() - started) / 1000;
await pool.end();
console.log(JSON.stringify({ done, perSecond: done / seconds }));
