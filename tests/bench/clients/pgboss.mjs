// pg-boss until its queue is empty or the time is over. `work` false: loops that fetch one and
// complete one; true: its own workers, which wait between two fetches, at their shortest interval.
import { PgBoss } from "pg-boss";

const { url, loops, seconds, jobs, work } = JSON.parse(process.argv[2]);

const boss = new PgBoss({ connectionString: url, max: loops, schedule: false, supervise: false });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue("noop");
await boss.deleteAllJobs("noop");
for (let from = 0; from < jobs; from += 1000) {
  const size = Math.min(1000, jobs - from);
  await boss.insert(
    "noop",
    Array.from({ length: size }, () => ({ data: {} })),
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

if (work) {
  started = performance.now();
  await boss.work("noop", { localConcurrency: loops, pollingIntervalSeconds: 0.5 }, async () => {
    done++;
  });
  while (performance.now() < until && done < jobs) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  last = performance.now();
} else {
  await Promise.all(Array.from({ length: loops }, loop));
}
await boss.stop({ graceful: false });
console.log(JSON.stringify({ done, perSecond: (1000 * done) / (last - started) }));
