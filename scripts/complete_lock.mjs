// Completes package-lock.json after `npm install`: adds the optional packages of
// other platforms that a partial registry mirror leaves out, so that `npm ci` works
// there and everywhere. Their versions are pinned by the packages that want them.
//   node scripts/complete_lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = {
  android: "android",
  darwin: "darwin",
  linux: "linux",
  win32: "win32",
  windows: "win32",
};

for (const [name, found] of Object.entries(lock.packages)) {
  for (const [optional, version] of Object.entries(found.optionalDependencies ?? {})) {
    const place = `node_modules/${optional}`;
    if (lock.packages[place] || lock.packages[`${name}/${place}`]) continue;
    const words = optional.split("/").at(-1).split("-");
    const os = words.map((word) => systems[word]).find(Boolean);
    const cpu = words.find((word) => ["x64", "arm64"].includes(word));
    if (!os || !cpu || !/^\d/.test(version)) {
      throw new Error(`${optional}@${version} of ${name}: for which platform is it?`);
    }
    const libc = os === "linux" ? { libc: [words.includes("musl") ? "musl" : "glibc"] } : {};
    lock.packages[place] = { version, cpu: [cpu], ...libc, dev: true, optional: true, os: [os] };
    console.log(`${optional}@${version}`);
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
