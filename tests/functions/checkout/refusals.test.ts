import { expect, test } from "vitest";
import { checkoutFunction, ok, REQUEST, type RpcAnswer, refused, TOKEN } from "./harness.ts";

test.each([
  ["no header", {}],
  ["an empty token", { authorization: "Bearer " }],
  ["another scheme", { authorization: "Basic YTpi" }],
])("%s: 401, and neither the database nor Stripe is asked", async (_, headers) => {
  const { create, post, stripe } = await checkoutFunction();
  expect(await post(REQUEST, headers as Record<string, string>)).toMatchObject({
    status: 401,
    code: "not_signed_in",
  });
  expect(create).not.toHaveBeenCalled();
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

// What the database says of the call, and what the caller is told.
const DATABASE: [string, RpcAnswer, number, string][] = [
  ["no user", refused(403, "PT403", "not_signed_in"), 401, "not_signed_in"],
  ["a token that is not valid", refused(401, "PGRST301", "JWT expired"), 401, "not_signed_in"],
  ["only an api key", refused(401, "42501", "permission denied"), 401, "not_signed_in"],
  ["a role without the right", refused(403, "42501", "permission denied"), 403, "forbidden"],
  ["an unknown package", refused(404, "PT404", "package_not_found"), 404, "package_not_found"],
  ["a reused key", refused(409, "PT409", "idempotency_key_reused"), 409, "idempotency_key_reused"],
  [
    "a database that is down",
    refused(0, "", "TypeError: fetch failed"),
    503,
    "database_unavailable",
  ],
  ["no free connection", refused(504, "PGRST003", "timed out"), 503, "database_unavailable"],
  ["a broken function", refused(400, "42703", "column x"), 500, "database_error"],
  ["an answer of another shape", ok({ id: 1 }), 500, "database_error"],
];

test.each(DATABASE)("%s", async (_, answer, status, code) => {
  const { post, stripe } = await checkoutFunction({ create: () => answer });
  const told = await post(REQUEST);
  expect(told).toMatchObject({ status, code });
  expect(JSON.stringify(told.body)).not.toContain("column x");
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("a checkout that cannot be attached is our fault, not the caller's", async () => {
  const attach = refused(401, "PGRST301", "JWT invalid");
  const { post } = await checkoutFunction({ attach });
  expect((await post(REQUEST)).status).toBe(500);
});

const BODIES: [string, unknown, number, string][] = [
  ["not JSON", "{", 400, "json_invalid"],
  ["empty", "", 400, "json_invalid"],
  ["a list", [], 400, "request_invalid"],
  ["no package", { ...REQUEST, package_id: undefined }, 400, "request_invalid"],
  ["a package that is no uuid", { ...REQUEST, package_id: "1" }, 400, "request_invalid"],
  ["an empty key", { ...REQUEST, idempotency_key: "" }, 400, "request_invalid"],
  [
    "a key of 201 characters",
    { ...REQUEST, idempotency_key: "k".repeat(201) },
    400,
    "request_invalid",
  ],
  ["more than 16 kB", { ...REQUEST, more: "x".repeat(17_000) }, 413, "payload_too_large"],
];

test.each(BODIES)("a body that is %s", async (_, body, status, code) => {
  const { create, post } = await checkoutFunction();
  expect(await post(body)).toMatchObject({ status, code });
  expect(create).not.toHaveBeenCalled();
});

test.each([500, 503, 429])("Stripe answers %d: 502", async (status) => {
  const { attach, control, post } = await checkoutFunction();
  await control("faults", { status, times: 3 });
  expect(await post(REQUEST)).toMatchObject({ status: 502, code: "payment_provider_unavailable" });
  expect(attach).not.toHaveBeenCalled();
  await control("faults", {}, "DELETE");
  expect((await post(REQUEST)).status).toBe(200);
});

test("Stripe is not there: 502", async () => {
  const { post } = await checkoutFunction({ apiBase: "http://127.0.0.1:1" });
  expect(await post(REQUEST)).toMatchObject({ status: 502, code: "payment_provider_unavailable" });
});

test("Stripe is too slow: 502", async () => {
  const { control, post } = await checkoutFunction();
  await control("faults", { delay_ms: 4000, times: 3 });
  expect(await post(REQUEST)).toMatchObject({ status: 502, code: "payment_provider_unavailable" });
}, 15_000);

test("a request that Stripe refuses: 502, and its words stay in the log", async () => {
  const { post } = await checkoutFunction({ checkout: { stripe_customer_id: "cus_gone" } });
  const { body, code, status } = await post(REQUEST);
  expect({ code, status }).toEqual({ code: "payment_provider_refused", status: 502 });
  expect(JSON.stringify(body)).not.toContain("cus_gone");
});

test.each([
  ["no key", null],
  ["a wrong key", "sk_test_other"],
])("%s: 503", async (_, secretKey) => {
  const { post } = await checkoutFunction({ secretKey });
  expect(await post(REQUEST, { authorization: TOKEN })).toMatchObject({
    status: 503,
    code: "payments_not_configured",
  });
});
