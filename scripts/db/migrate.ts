import { entry } from "./entry.ts";
import { migrate } from "./migrations.ts";
import { verify } from "./verify.ts";

/**
 *   npx tsx scripts/db/migrate.ts <database URL>   applies the migrations
 *   npx tsx scripts/db/migrate.ts --verify         proves that they make what sql/ makes
 */
const [target] = process.argv.slice(2);
await entry(async () => {
  if (target === "--verify") {
    console.log(await verify());
  } else if (target?.startsWith("postgres")) {
    await migrate(target);
    console.log("every migration is applied");
  } else {
    console.error("usage: tsx scripts/db/migrate.ts <database URL> | --verify");
    process.exitCode = 2;
  }
});
