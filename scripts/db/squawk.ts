import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../local/server/processes.ts";
import { ROOT } from "./config.ts";
import { entry } from "./entry.ts";

/** squawk over the migrations; .squawk.toml has the rules that are off, and why. */
await entry(async () => {
  const folder = "supabase/migrations";
  const files = readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".sql"))
    .map((name) => `${folder}/${name}`);
  const squawk = join(ROOT, "node_modules", ".bin", "squawk");
  await run(squawk, ["--reporter=gcc", ...files], { cwd: ROOT });
  console.log("squawk: clean");
});
