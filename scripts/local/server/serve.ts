import { createDatabase, ensureServer, urlOf } from "./index.ts";

/**
 * Keeps a server up until Ctrl-C, for work by hand:
 *   npx tsx scripts/local/server/serve.ts [--durable] [--legacy-grants]
 */
const server = await ensureServer({ durable: process.argv.includes("--durable"), own: true });
const database = await createDatabase(server, `${server.prefix}_dev`, {
  legacyGrants: process.argv.includes("--legacy-grants"),
});
console.log(`superuser  ${urlOf(server, database.name)}`);
console.log(`postgres   ${database.url}`);
console.log("Ctrl-C stops the server and removes its data.");
setInterval(() => {}, 1 << 30);
