import { StackError } from "./stack_error.ts";

export interface StartOptions {
  once: boolean;
  reset: boolean;
  demo: boolean;
  help: boolean;
  database: string | undefined;
}

export const HELP = `Usage: ./scripts/start [options]

  --once           run the demo journey, then stop
  --no-demo        only start the stack
  --reset          start empty: forget all local data; with --database, delete there the schemas
                   of the migrations with public, and all users, files and cron jobs of ours
                   (refused where none of our migrations and something else is)
  --database URL   use this Postgres server instead of the embedded one
  --help           show this text

API_PORT (54321) and STRIPE_PORT (54330) move the ports; a .env file with real keys replaces the
local stand-ins.`;

export function parseOptions(args: readonly string[]): StartOptions {
  const options: StartOptions = {
    once: false,
    reset: false,
    demo: true,
    help: false,
    database: undefined,
  };
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "--once") options.once = true;
    else if (arg === "--reset") options.reset = true;
    else if (arg === "--no-demo") options.demo = false;
    else if (arg === "--help" || arg === "-h") options.help = true;
    else if (arg === "--database") options.database = databaseUrl(args[++index]);
    else if (arg.startsWith("--database=")) options.database = databaseUrl(arg.slice(11));
    else throw new StackError(`Unknown option ${arg}: see ./scripts/start --help.`);
  }
  if (options.once && !options.demo) {
    throw new StackError("--once runs the demo and --no-demo leaves it out: give one of them.");
  }
  return options;
}

function databaseUrl(text: string | undefined): string {
  if (!text || !/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new StackError("--database needs a URL such as postgresql://user:password@host:5432/db.");
  }
  return text;
}

export function portFrom(name: string, fallback: number): number {
  const text = process.env[name];
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError(`${name} must be a port number, not ${JSON.stringify(text)}.`);
  }
  return port;
}
