// pg-boss: fetch one, complete one, until its queue is empty or the time is over.
import { PgBoss } from "pg-boss";

const { url, loops, seconds, jobs } = JSON.parse(process.argv[2]);

const boss = new PgBoss({ connectionString: url, max: loops, schedule: false, supervise: false });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue("noop");
await boss.deleteAllJobs("noop");
for (let from = 0; from < jobs; from += 1000) {
  await boss.insert(
    "noop",
    Array.from({ length: Math.min(1000, jobs - from) }, () => ({ data: {} })),
  );
}
await boss.getDb().executeSql("vacuum (analyze)");

let done = 0;
let started;
let last = 0;
const until = performance.now() + seconds * 1000;

async function loop() {
  while (performance.now() < until && done < jobs) {
    const [job] = await boss.fetch("noop");
    if (!job) return;
    started ??= performance.now();
    await boss.complete("noop", job.id);
    done++;
    last = performance.now();
  }
}

await Promise.all(Array.from({ length: loops }, loop));
await boss.stop({ graceful: false });
console.log(JSON.stringify({ done, perSecond: (1000 * done) / (last - started) }));
