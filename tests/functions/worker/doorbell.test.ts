import { describe, expect, test, vi } from "vitest";
import { workerHandler } from "../../../functions/worker/handler.ts";

const URL = "http://gateway.test/functions/v1/worker";
const SECRET = "bell";

function ring(authorization: string | undefined, method = "POST"): Request {
  const headers = authorization === undefined ? {} : { authorization };
  return new Request(URL, { method, headers, ...(method === "POST" && { body: "{}" }) });
}

describe("the doorbell", () => {
  test("answers 202 at once and starts the loop", async () => {
    const started = vi.fn();
    const handler = workerHandler({ secret: SECRET, ring: started });
    const response = await handler(ring(`Bearer ${SECRET}`));
    expect(response.status).toBe(202);
    expect(started).toHaveBeenCalledTimes(1);
  });

  test.each([undefined, "", "Bearer", "Bearer ", "Bearer belle", "Basic bell", "bell"])(
    "refuses %j",
    async (authorization) => {
      const started = vi.fn();
      const response = await workerHandler({ secret: SECRET, ring: started })(ring(authorization));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: "worker_secret_wrong" } });
      expect(started).not.toHaveBeenCalled();
    },
  );

  test.each([undefined, ""])("without a secret of its own it says so: %j", async (secret) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const response = await workerHandler({ secret, ring: vi.fn() })(ring("Bearer "));
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: "worker_secret_missing" } });
  });

  test("takes POST only", async () => {
    const handler = workerHandler({ secret: SECRET, ring: vi.fn() });
    const response = await handler(ring(`Bearer ${SECRET}`, "GET"));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});
