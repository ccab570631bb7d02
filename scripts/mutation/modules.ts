import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../db/config.ts";
import { listSources } from "../db/sources.ts";

/** Which folder of sql/ has a table or a function: its tests are in the folder of that name. */
export function modulesOf(root = ROOT): (name: string) => string {
  const modules = new Map<string, string>();
  for (const file of listSources(root)) {
    const parts = file.split("/");
    const module = (parts[1] === "platform" ? parts[2] : parts[1]) ?? "";
    if (/\/functions\//.test(file)) modules.set(`private.${basename(file, ".sql")}`, module);
    const text = readFileSync(join(root, file), "utf8");
    for (const [, name = ""] of text.matchAll(
      /^create (?:or replace )?(?:function|table|view) ([\w.]+)/gm,
    )) {
      modules.set(name, module);
    }
  }
  const outside: Record<string, string> = {
    "auth.users": "identity",
    "storage.objects": "storage",
  };
  return (name) => modules.get(name) ?? outside[name] ?? "platform";
}
