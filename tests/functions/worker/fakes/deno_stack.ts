import { afterEach } from "vitest";
import { upscale } from "../../../../functions/_shared/images/mod.ts";
import { SOURCE } from "./bench.ts";
import { serveFunction } from "./deno.ts";
import { FakeFiles } from "./files.ts";
import { startGateway } from "./gateway.ts";
import { FakeJobStore } from "./job_store.ts";

// One white pixel.
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==",
  "base64",
);
const SECRET = "bell";
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

// Functions in Deno over a database and a storage in memory.
export async function stack(env: Record<string, string> = {}, doublings = 3) {
  const store = new FakeJobStore();
  const files = new FakeFiles();
  let picture = new Uint8Array(PIXEL);
  for (let doubled = 0; doubled < doublings; doubled++) {
    picture = new Uint8Array((await upscale(picture, 4)).bytes);
  }
  files.put(SOURCE.bucket, SOURCE.path, picture);
  const gateway = await startGateway(store, files);
  stops.push(gateway.stop);
  const settings = {
    SUPABASE_URL: gateway.url,
    SUPABASE_SECRET_KEY: "sb_secret_test",
    SUPABASE_PUBLISHABLE_KEY: "sb_publishable_test",
    WORKER_SECRET: SECRET,
    PROVIDER_WEBHOOK_SECRET: "callback",
    ...env,
  };
  const serve = async (name: string) => {
    const served = await serveFunction(name, settings);
    gateway.functions.set(name, served.port);
    stops.push(() => served.stop());
    return served;
  };
  const ring = () =>
    fetch(`${gateway.url}/functions/v1/worker`, {
      method: "POST",
      headers: { authorization: `Bearer ${SECRET}` },
      body: '{"type":"doorbell"}',
    });
  return { store, files, gateway, serve, ring };
}
