import "./quiet.ts";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readDotEnv } from "./config.ts";
import { Disposer } from "./disposer.ts";
import { HELP, parseOptions, portFrom } from "./options.ts";
import { StackError } from "./stack_error.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const say = (text = "") => process.stdout.write(`${text}\n`);

async function main(disposer: Disposer): Promise<number | undefined> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    say(HELP);
    return 0;
  }
  const startedAt = performance.now();
  // Loaded late: the checks above answer at once.
  const [{ startStack }, { DemoError, runDemo }] = await Promise.all([
    import("./stack.ts"),
    import("../demo/journey.ts"),
  ]);
  const stack = await startStack({
    root,
    dataDir: resolve(root, ".local"),
    apiPort: portFrom("API_PORT", 54_321),
    stripePort: portFrom("STRIPE_PORT", 54_330),
    dotEnv: readDotEnv(resolve(root, ".env")),
    database: options.database,
    reset: options.reset,
    disposer,
    onStep: say,
  });
  const fault = await stack.warmed.catch((error: Error) => error);
  // Ended by a signal meanwhile.
  if (ending) return undefined;
  if (fault) process.stderr.write(`${fault.message}\n`);
  else say(`The stack is up after ${seconds(startedAt)}.`);
  if (fault && options.once) return 1;
  if (options.demo && !fault) {
    say();
    try {
      await runDemo({
        url: stack.url,
        publishableKey: stack.keys.publishable,
        stripeUrl: stack.stripeUrl,
        outDir: resolve(root, ".local", "demo"),
        say,
      });
    } catch (error) {
      if (!(error instanceof DemoError)) throw error;
      process.stderr.write(`${error.message}\n`);
      if (options.once) return 1;
    }
    say();
  }
  if (options.once) return 0;
  say(`API URL          ${stack.url}`);
  say(`Publishable key  ${stack.keys.publishable}`);
  say(`Secret key       ${stack.keys.secret}`);
  if (stack.stripeUrl) say(`Stripe emulator  ${stack.stripeUrl}`);
  say("Examples         npx tsx examples/editor.ts, video.ts, staging.ts, social.ts");
  say("Data and logs    .local/");
  say("Ctrl-C stops it.");
  return undefined;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

const disposer = new Disposer();
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await disposer.end();
  process.exit(code);
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  // The second signal does not wait.
  process.on(signal, () => (ending ? process.exit(code) : void end(code)));
}

main(disposer).then(
  (code) => (code === undefined ? undefined : end(code)),
  (error: unknown) => {
    // The consequence of a signal, not a fault.
    if (ending) return;
    const known = error instanceof StackError;
    process.stderr.write(`${known ? error.message : unexpected(error)}\n`);
    return end(1);
  },
);

function unexpected(error: unknown): string {
  return `The stack failed unexpectedly: ${error instanceof Error ? error.stack : String(error)}`;
}
