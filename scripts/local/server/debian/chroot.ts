import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { commandExists, processIdentity, run } from "../processes.ts";
import { ServerUnavailableError } from "../types.ts";

export const BIN = "/usr/lib/postgresql/17/bin";

const RELEASE = "trixie";
const PACKAGES = [
  "postgresql-17",
  "postgresql-17-cron",
  "postgresql-17-pgvector",
  "postgresql-17-pgtap",
  "postgresql-17-plpgsql-check",
];
const NEEDED = [
  `.${BIN}/postgres`,
  "usr/bin/setpriv",
  ...["pg_cron", "vector", "pgtap", "plpgsql_check", "pgcrypto", "uuid-ossp", "pg_trgm"].map(
    (name) => `usr/share/postgresql/17/extension/${name}.control`,
  ),
];

function chrootPath(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "tallybase", "postgres-17");
}

const isComplete = (root: string): boolean => NEEDED.every((path) => existsSync(join(root, path)));

/**
 * A Debian with PostgreSQL 17 and its extensions, in a folder. Built once a
 * machine, under another name until it is whole, so that a killed build leaves
 * nothing that looks finished.
 */
export async function ensureChroot(log: (line: string) => void): Promise<string> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new ServerUnavailableError("building PostgreSQL with debootstrap needs root on Linux");
  }
  const root = chrootPath();
  if (isComplete(root)) return root;

  await mkdir(dirname(root), { recursive: true });
  await removeAbandonedBuilds(root);
  await ensureDebootstrap();

  const building = `${root}.building-${process.pid}`;
  log(`building PostgreSQL 17 in ${root} (once a machine, about a minute)`);
  try {
    await run(
      "debootstrap",
      [
        "--variant=minbase",
        `--include=${PACKAGES.join(",")}`,
        RELEASE,
        building,
        ...(await mirror()),
      ],
      { timeoutSeconds: 900 },
    );
    await run("sh", ["-c", 'rm -rf "$1"/var/cache/apt/archives/*.deb', "sh", building]);
    if (existsSync(root) && !isComplete(root)) await rm(root, { recursive: true });
    await rename(building, root).catch((error: NodeJS.ErrnoException) => {
      // Another run was faster; its folder is as good as ours.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServerUnavailableError(`debootstrap of Debian ${RELEASE} failed: ${reason}`);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  if (!isComplete(root)) {
    throw new ServerUnavailableError(`${root} lacks parts of PostgreSQL; remove it and run again`);
  }
  return root;
}

async function ensureDebootstrap(): Promise<void> {
  if (await commandExists("debootstrap")) return;
  if (!(await commandExists("apt-get"))) {
    throw new ServerUnavailableError(
      "debootstrap is missing and there is no apt-get to install it",
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = [
    "install",
    "-y",
    "--no-install-recommends",
    "debootstrap",
    "debian-archive-keyring",
  ];
  await run("apt-get", ["update", "-q"], { env, timeoutSeconds: 300 }).catch(() => {});
  await run("apt-get", install, { env, timeoutSeconds: 300 }).catch((error: Error) => {
    throw new ServerUnavailableError(`debootstrap could not be installed: ${error.message}`);
  });
}

/** The Debian mirror this machine's apt uses, if it is a Debian; else debootstrap's own default. */
async function mirror(): Promise<string[]> {
  if (process.env.DEBIAN_MIRROR) return [process.env.DEBIAN_MIRROR];
  const format = ["--format", "$(ORIGIN) $(REPO_URI)"];
  const targets = await run("apt-get", ["indextargets", ...format]).catch(() => undefined);
  const line = targets?.stdout.split("\n").find((each) => /^Debian \S+\/debian\/?$/.test(each));
  return line ? [line.slice("Debian ".length)] : [];
}

async function removeAbandonedBuilds(root: string): Promise<void> {
  const prefix = `${root}.building-`;
  for (const name of readdirSync(dirname(root))) {
    const path = join(dirname(root), name);
    if (!path.startsWith(prefix)) continue;
    if (processIdentity(Number(path.slice(prefix.length))) === null) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
