import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processIdentity } from "./server/processes.ts";
import { StackError } from "./stack_error.ts";

// Where the stack keeps what it keeps. `.local/` in the repository; a temporary one in tests.
export class DataDir {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  // Two stacks on one data directory would destroy it.
  lock(): () => void {
    const file = this.at("lock");
    const holder = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (isAlive(holder)) throw taken(holder);
    rmSync(file, { force: true });
    try {
      writeFileSync(file, processIdentity(process.pid) ?? String(process.pid), { flag: "wx" });
    } catch (error) {
      // Another stack took it in between.
      if ((error as NodeJS.ErrnoException).code === "EEXIST")
        throw taken(readFileSync(file, "utf8"));
      throw error;
    }
    return () => rmSync(file, { force: true });
  }

  // What belongs to the rows of one database, apart from another's.
  of(database: "embedded" | "server", ...names: string[]): string {
    return this.at(database, ...names);
  }

  // Keys stay: a front end has them in its own .env.
  reset(database: "embedded" | "server"): void {
    for (const name of [database, "demo", "logs"]) {
      rmSync(this.at(name), { recursive: true, force: true });
    }
  }

  // A database whose making was broken off holds nothing yet, and cannot be opened.
  databaseDirectory(): { directory: string; made: () => void } {
    const directory = this.of("embedded", "pgdata");
    const mark = this.of("embedded", "pgdata.made");
    if (!existsSync(mark)) rmSync(directory, { recursive: true, force: true });
    return { directory, made: () => writeFileSync(mark, "") };
  }
}

function taken(holder: string): StackError {
  return new StackError(
    `Another stack (process ${Number.parseInt(holder, 10)}) is running here: stop it first.`,
  );
}

// A number left by a stack that was killed may be another program's by now: where the system tells
// when a process began, the lock names that too.
function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!(pid > 0)) return false;
  if (holder.includes("@")) return processIdentity(pid) === holder;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
