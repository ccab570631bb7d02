import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { onEnd } from "./cleanup.ts";
import { processIdentity, run, sleep } from "./processes.ts";
import {
  type RunningServer,
  type ServerOptions,
  ServerUnavailableError,
  withClient,
} from "./types.ts";

/** Supabase's own image: it has the roles, pg_cron, pgvector, pgTAP and plpgsql_check. */
const IMAGE = "supabase/postgres:17.11.0.018";
const LABEL = "tallybase.owner";

export async function dockerAnswers(): Promise<boolean> {
  return run("docker", ["info"], { timeoutSeconds: 10 }).then(
    () => true,
    () => false,
  );
}

export async function dockerServer(
  options: ServerOptions,
  log: (line: string) => void,
): Promise<RunningServer> {
  await removeStale();
  const password = randomBytes(12).toString("hex");
  const name = `tallybase-${process.pid}-${randomBytes(3).toString("hex")}`;
  const fast = options.durable ? {} : { fsync: "off", full_page_writes: "off" };
  const settings = { max_connections: "200", ...fast, ...options.settings };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  log(`starting ${IMAGE} in Docker`);

  const stop = async (): Promise<void> => {
    await run("docker", ["rm", "-f", "-v", name]).catch(() => {});
    forget();
  };
  const stopNow = (): void => {
    spawnSync("docker", ["rm", "-f", "-v", name], { stdio: "ignore", timeout: 20_000 });
  };
  const forget = onEnd({ stop, stopNow });
  try {
    await run(
      "docker",
      [
        ...["run", "-d", "--rm", "--name", name],
        ...["--label", `${LABEL}=${processIdentity(process.pid) ?? process.pid}`],
        ...["-e", `POSTGRES_PASSWORD=${password}`, "-p", "127.0.0.1::5432", IMAGE],
        ...["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf", ...flags],
      ],
      { timeoutSeconds: 600 },
    );
    const published = await run("docker", ["port", name, "5432/tcp"]);
    const port = published.stdout.trim().split("\n")[0]?.split(":").pop() ?? "";
    const superuserUrl = `postgresql://supabase_admin:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
    await untilReady(superuserUrl);
    return { kind: "docker", superuserUrl, owner: "postgres", prefix: "tallybase", stop };
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServerUnavailableError(`Docker could not run ${IMAGE}: ${reason}`);
  }
}

/** The image restarts its server once while it sets itself up: ready means twice in a row. */
async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (let inARow = 0; inARow < 2; ) {
    const answers = await withClient(url, (client) => client.query("select")).then(
      () => true,
      () => false,
    );
    inARow = answers ? inARow + 1 : 0;
    if (Date.now() > deadline) throw new ServerUnavailableError("it was not ready in 120 s");
    await sleep(1_000);
  }
}

async function removeStale(): Promise<void> {
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const list = await run("docker", ["ps", "-a", "--filter", `label=${LABEL}`, "--format", format]);
  for (const line of list.stdout.trim().split("\n").filter(Boolean)) {
    const [id = "", owner = ""] = line.split(" ");
    if (processIdentity(Number(owner.split("@")[0])) !== owner)
      await run("docker", ["rm", "-f", "-v", id]);
  }
}
