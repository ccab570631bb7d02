// Hands customers' events to @supabase/stripe-sync-engine, each customer's in order, a customer a
// loop. With `migrate` it makes the engine's tables.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Its migrations are found in its CommonJS build alone.
const { runMigrations, StripeSync } = createRequire(import.meta.url)(
  "@supabase/stripe-sync-engine",
);

const { url, migrate, file, loops } = JSON.parse(process.argv[2]);

if (migrate) {
  await runMigrations({
    databaseUrl: url,
    schema: "stripe",
    // It reports a failure to its logger alone.
    logger: {
      info: () => {},
      error: (error) => {
        throw error;
      },
    },
  });
  console.log("{}");
  process.exit(0);
}

const customers = JSON.parse(readFileSync(file, "utf8"));
const sync = new StripeSync({
  schema: "stripe",
  stripeSecretKey: "sk_test_none",
  stripeWebhookSecret: "whsec_none",
  backfillRelatedEntities: false,
  autoExpandLists: false,
  poolConfig: { connectionString: url, max: loops },
});
const { pool } = sync.postgresClient;
await Promise.all(Array.from({ length: loops }, () => pool.query("select pg_sleep(0.1)")));
let done = 0;

async function loop() {
  for (let events = customers.pop(); events; events = customers.pop()) {
    for (const event of events) {
      await sync.processEvent(event);
      done += 1;
    }
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: loops }, loop));
const seconds = (performance.now() - started) / 1000;
await pool.end();
console.log(JSON.stringify({ done, perSecond: done / seconds }));
