import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

// No more than the local stack gives.
const PERMISSIONS = [
  "--allow-net=127.0.0.1",
  "--allow-env",
  `--allow-read=${ROOT}`,
  "--allow-sys=osRelease,hostname,cpus",
];

// Runs an edge function as it runs for real: its own Deno, its own port.
export async function serveFunction(name: string, env: Record<string, string>) {
  const port = await freePort();
  const child = spawn(
    `${ROOT}node_modules/.bin/deno`,
    ["run", "--no-prompt", ...PERMISSIONS, `functions/${name}/index.ts`],
    {
      cwd: ROOT,
      env: { ...process.env, ...env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Listening on")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`${name} ended:\n${output}`)));
  });
  await ready;
  return {
    port,
    url: `http://127.0.0.1:${port}/${name}`,
    output: () => output,
    async stop(signal: NodeJS.Signals = "SIGTERM") {
      child.kill(signal);
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
