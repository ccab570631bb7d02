import { writeFileSync } from "node:fs";
import { createDatabase, ensureServer } from "/work/main/scripts/local/server/index.ts";
import { makeJobType, makeUsers } from "/work/main/tests/bench/lib/fixtures.ts";
const server = await ensureServer({ durable: true, own: true, settings: { max_connections: "200", shared_buffers: "1GB", max_wal_size: "1GB", jit: "on" } });
const out: Record<string,string> = {};
for (const n of ["a", "b"]) {
  const d = await createDatabase(server, `lab_${n}`, { content: "migrated" });
  await makeUsers(d, 1000); await makeJobType(d, 100);
  out[n] = d.superuserUrl; out[n + "_owner"] = d.url;
}
writeFileSync("/tmp/lab/urls.json", JSON.stringify(out));
console.log("ready"); setInterval(() => {}, 1 << 30);
