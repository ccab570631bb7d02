import { expect, test, vi } from "vitest";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { createBillingSyncHandler } from "../../../functions/billing-sync/handler.ts";
import { ok, playedDatabase, poster, refused } from "../played_database.ts";

const SECRET = "bell";

function sync(options: { secret?: string | undefined; admin?: boolean; stripe?: boolean } = {}) {
  const { admin = false, secret = SECRET, stripe = true } = options;
  const start = vi.fn();
  const database = playedDatabase({
    admin_sync_catalogue: () => (admin ? ok(null) : refused(403, "PT403", "admin_only")),
  });
  const handler = createBillingSyncHandler({
    stripe: stripe ? createStripe("sk_test_1", undefined) : undefined,
    secret: "secret" in options ? options.secret : secret,
    asCaller: () => database.client,
    start,
  });
  return { database, post: poster(handler, `Bearer ${SECRET}`), start };
}

test.each(["catch_up", "reconcile", "sync_catalogue"])(
  "the database rings for %s with the secret, and is answered at once",
  async (task) => {
    const { database, post, start } = sync();
    expect(await post({ task })).toMatchObject({ status: 202, body: { accepted: true } });
    expect(start).toHaveBeenCalledExactlyOnceWith(task, expect.anything());
    expect(database.calls).toEqual([]);
  },
);

test("an administrator has the catalogue synced, and nothing else", async () => {
  const { post, start } = sync({ admin: true });
  const token = { authorization: "Bearer admin.jwt.token" };
  expect((await post({ task: "sync_catalogue" }, token)).status).toBe(202);
  expect(start).toHaveBeenCalledTimes(1);
  for (const task of ["catch_up", "reconcile"]) {
    expect(await post({ task }, token)).toMatchObject({ status: 401, code: "worker_secret_wrong" });
  }
  expect(start).toHaveBeenCalledTimes(1);
});

test.each([
  ["a user", { authorization: "Bearer user.jwt.token" }, 403, "admin_only"],
  ["nobody", {}, 401, "not_signed_in"],
  ["a wrong scheme", { authorization: `Basic ${SECRET}` }, 401, "not_signed_in"],
])("%s starts nothing", async (_, headers, status, code) => {
  const { post, start } = sync();
  expect(await post({ task: "sync_catalogue" }, headers as Record<string, string>)).toMatchObject({
    status,
    code,
  });
  expect(start).not.toHaveBeenCalled();
});

test.each([
  [
    "no secret of its own",
    { secret: undefined },
    { task: "reconcile" },
    500,
    "worker_secret_missing",
  ],
  ["no Stripe", { stripe: false }, { task: "reconcile" }, 503, "payments_not_configured"],
  ["an unknown task", {}, { task: "drop" }, 400, "request_invalid"],
  ["no JSON", {}, "x", 400, "json_invalid"],
])("%s: refused", async (_, options, body, status, code) => {
  const { post, start } = sync(options as Parameters<typeof sync>[0]);
  expect(await post(body)).toMatchObject({ status, code });
  expect(start).not.toHaveBeenCalled();
});
