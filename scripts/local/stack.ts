import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { prepareDatabase } from "./bootstrap.ts";
import { bytes, type Config, readConfig } from "./config.ts";
import { DataDir } from "./data_dir.ts";
import { type Database, openEmbedded, openServer } from "./database.ts";
import { Disposer } from "./disposer.ts";
import { functionEnv, needsNetwork, requireStripePair } from "./function_env.ts";
import { requireDeno } from "./function_process.ts";
import { type FunctionHost, hostFunctions } from "./functions.ts";
import { portError, startGateway } from "./gateway.ts";
import { startHttpQueue } from "./http_queue.ts";
import { type Keys, loadKeys, writePrivate } from "./keys.ts";
import { createLite, type Fetch, refuseChangedRights } from "./lite.ts";
import { openLog } from "./log.ts";
import { applyMigrations, baselineVersion } from "./migrations.ts";
import { resetServer } from "./reset_server.ts";
import { startScheduler } from "./scheduler.ts";
import { messageOf, oneLine, StackError } from "./stack_error.ts";
import { startStripeEmulator } from "./stripe/server.ts";
import { offerPlans } from "./stripe_catalogue.ts";

export interface StackOptions {
  root: string;
  dataDir: string;
  // 0 takes any free port.
  apiPort: number;
  stripePort: number;
  dotEnv: Record<string, string>;
  // A Postgres server instead of PGlite.
  database?: string | undefined;
  // PGlite without files, for tests.
  inMemory?: boolean;
  reset?: boolean;
  // Where migrations/ and seed.sql are.
  supabaseDir?: string;
  config?: Config;
  functions?: boolean;
  disposer?: Disposer;
  onStep?: (text: string) => void;
}

export interface Stack {
  url: string;
  stripeUrl: string | undefined;
  keys: Keys;
  db: Database;
  // REST, auth and storage without the gateway.
  lite: Fetch;
  // Settles when every function has been started; fails with a StackError that names the one that
  // does not start.
  warmed: Promise<void>;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const disposer = options.disposer ?? new Disposer();
  try {
    return await start(options, disposer);
  } catch (error) {
    await disposer.end();
    throw sentenceFor(error, options.dataDir);
  }
}

// Where the system refuses to keep a file, the reader can mend it.
function sentenceFor(error: unknown, dataDir: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const known = ["EACCES", "EEXIST", "EISDIR", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"];
  if (error instanceof StackError || !known.includes(code ?? "")) return error;
  const place = path ?? dataDir;
  return new StackError(
    `${place} cannot be used (${oneLine(messageOf(error))}): ${dataDir} must be a folder that you may write to, on a disk with free space.`,
    { cause: error },
  );
}

async function start(options: StackOptions, disposer: Disposer): Promise<Stack> {
  const { root, dotEnv, onStep = () => {} } = options;
  const supabaseDir = options.supabaseDir ?? join(root, "supabase");
  const config = options.config ?? readConfig(root);
  requireStripePair(dotEnv);
  if (options.functions !== false) requireDeno(root);
  const data = new DataDir(options.dataDir);
  disposer.add(data.lock());
  const keys = await loadKeys(data.at("keys.json"));
  const gateway = await startGateway(options.apiPort);
  disposer.add(gateway.close);
  const stripeUrl = dotEnv.STRIPE_SECRET_KEY
    ? undefined
    : await startStripe(options, data, keys, gateway.url, disposer);
  const server = options.database ? await openServer(options.database) : undefined;
  if (server) disposer.add(server.close);
  const kind = server ? "server" : "embedded";
  // Only when nothing is left that could refuse: what is deleted for a start that fails is lost.
  if (options.reset) {
    if (server) await resetServer(server, baselineVersion(supabaseDir));
    data.reset(kind);
  }
  const log = openLog(data.at("logs", "stack.log"));
  disposer.add(log.captureConsole());

  const env = functionEnv({ url: gateway.url, keys, stripeUrl, dotEnv });
  const functions = startFunctions(options, config, keys, data, env, disposer);
  const warmed = functions?.warm() ?? Promise.resolve();
  // Who waits for it is told; the others find out when they call the function.
  warmed.catch(() => {});

  const { db, made } = await openDatabase(server, options.inMemory, data);
  if (!server) disposer.add(db.close);
  const machinery = await prepareDatabase(db);
  made();
  const done = await applyMigrations(db, supabaseDir);
  if (done.length > 0) onStep(`applied ${done.join(", ")}`);
  await writeSettings(db, {
    api_url: gateway.url,
    functions_url: `${gateway.url}/functions/v1`,
    worker_secret: env.WORKER_SECRET ?? keys.workerSecret,
    // Encrypts the tokens of social accounts; kept as long as the other keys are.
    token_key: createHash("sha256").update(`token_key:${keys.jwtSecret}`).digest("hex"),
  });
  if (stripeUrl) await offerPlans(db, stripeUrl, keys.stripeSecretKey);

  const lite = await createLite(db, { config, keys, storageDir: data.of(kind, "storage") });
  await refuseChangedRights(db, () => firstRequests(lite, gateway.url, keys, config));
  const queue = machinery.realNet ? undefined : startHttpQueue(db, log.error);
  if (queue) disposer.add(queue.stop);
  if (!machinery.realCron) {
    const scheduler = startScheduler(db, log.error, () => queue?.wake());
    disposer.add(scheduler.stop);
  }
  gateway.open({
    lite,
    keys,
    functions,
    fileSizeLimit: bytes(config.storage.file_size_limit),
    onWrite: () => queue?.wake(),
    onError: log.error,
  });
  // Before the database closes, nothing may ask it any more.
  disposer.add(gateway.close);
  writeStackFile(data, gateway.url, stripeUrl, keys, disposer);
  return { url: gateway.url, stripeUrl, keys, db, lite, warmed, stop: () => disposer.end() };
}

async function openDatabase(
  server: Database | undefined,
  inMemory: boolean | undefined,
  data: DataDir,
): Promise<{ db: Database; made: () => void }> {
  if (server) return { db: server, made: () => {} };
  if (inMemory) return { db: await openEmbedded(undefined), made: () => {} };
  const { directory, made } = data.databaseDirectory();
  return { db: await openEmbedded(directory), made };
}

async function startStripe(
  options: StackOptions,
  data: DataDir,
  keys: Keys,
  url: string,
  disposer: Disposer,
): Promise<string> {
  const server = await startStripeEmulator({
    port: options.stripePort,
    webhookUrl: `${url}/functions/v1/stripe-webhook`,
    webhookSecret: keys.stripeWebhookSecret,
    secretKey: keys.stripeSecretKey,
    ...(!options.inMemory && {
      dataFile: data.of(options.database ? "server" : "embedded", "stripe.json"),
    }),
    ...(options.reset && { startEmpty: true }),
  }).catch((error: unknown) => {
    throw portError(error, options.stripePort, "STRIPE_PORT");
  });
  disposer.add(server.close);
  return server.url;
}

function startFunctions(
  options: StackOptions,
  config: Config,
  keys: Keys,
  data: DataDir,
  env: Record<string, string>,
  disposer: Disposer,
): FunctionHost | undefined {
  if (options.functions === false) return undefined;
  const functions = hostFunctions({
    root: options.root,
    logDir: data.at("logs"),
    config,
    jwtSecret: keys.jwtSecret,
    env,
    network: needsNetwork(options.dotEnv),
  });
  disposer.add(functions.stop);
  return functions;
}

// Migrations without the settings table are those of a test.
async function writeSettings(db: Database, settings: Record<string, string>): Promise<void> {
  const [row] = await db.query<{ found: boolean }>(
    "select to_regprocedure('private.set_setting(text, text)') is not null as found",
  );
  if (!row?.found) return;
  for (const [key, value] of Object.entries(settings)) {
    await db.query("select private.set_setting($1, $2)", [key, value]);
  }
}

async function firstRequests(lite: Fetch, url: string, keys: Keys, config: Config): Promise<void> {
  const headers = { apikey: keys.publishable };
  for (const schema of config.api.schemas) {
    const request = new Request(`${url}/rest/v1/no_such_table`, {
      headers: { ...headers, "accept-profile": schema },
    });
    await (await lite(request)).arrayBuffer();
  }
  await (await lite(new Request(`${url}/storage/v1/bucket`, { headers }))).arrayBuffer();
}

// For `npm run demo`, and for a front end's developer.
function writeStackFile(
  data: DataDir,
  url: string,
  stripeUrl: string | undefined,
  keys: Keys,
  disposer: Disposer,
): void {
  const file = data.at("stack.json");
  const { publishable: publishableKey, secret: secretKey } = keys;
  const content = { url, publishableKey, secretKey, stripeUrl, pid: process.pid };
  writePrivate(file, `${JSON.stringify(content, null, 2)}\n`);
  disposer.add(() => rmSync(file, { force: true }));
}
