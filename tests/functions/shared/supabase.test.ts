import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { rpc } from "../../../functions/_shared/rpc.ts";
import { createCallerClient, createServiceClient } from "../../../functions/_shared/supabase.ts";

const keys = { secretKey: "sb_secret_x", publishableKey: "sb_publishable_x" };

async function rest(answer: boolean) {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    if (answer) response.setHeader("content-type", "application/json").end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const result = z.object({ ok: z.boolean() });

test("the caller's client sends the caller's token, the service's client the secret key", async () => {
  const { seen, url } = await rest(true);
  const caller = createCallerClient({ url, ...keys }, "Bearer a.b.c");
  expect(await rpc(caller, "whoami", {}, result)).toEqual({ ok: true });
  await rpc(createServiceClient({ url, ...keys }), "whoami", {}, result);
  expect(seen[0]).toMatchObject({ authorization: "Bearer a.b.c", apikey: "sb_publishable_x" });
  expect(seen[1]).toMatchObject({ apikey: "sb_secret_x" });
});

test("a database that does not answer in time is unavailable", async () => {
  const { url } = await rest(false);
  const client = createServiceClient({ url, ...keys }, 50);
  await expect(rpc(client, "whoami", {}, result)).rejects.toMatchObject({
    status: 503,
    code: "database_unavailable",
  });
});
