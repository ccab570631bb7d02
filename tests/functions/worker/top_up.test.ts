import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { jobHandlers } from "../../../functions/_shared/jobs/handlers.ts";
import { runJob } from "../../../functions/_shared/jobs/run_job.ts";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { bench } from "./fakes/bench.ts";

const ORDER = {
  checkout_id: "cccccccc-0000-4000-8000-000000000001",
  user_id: "aaaaaaaa-0000-4000-8000-000000000001",
  amount: 999,
  currency: "usd",
  customer: "cus_1",
  payment_method: "pm_1",
  description: "Starter",
};

type Asked = { form: URLSearchParams; key: string | undefined };

// Stripe, which gives these answers one after the other, the last one for ever.
async function stripeThatSays(...answers: [status: number, body: object][]) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      asked.push({
        form: new URLSearchParams(body),
        key: request.headers["idempotency-key"] as string | undefined,
      });
      const [status, json] = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}];
      response.writeHead(status, {
        "content-type": "application/json",
        "stripe-should-retry": "false",
      });
      response.end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, stripe: createStripe("sk_test_1", `http://127.0.0.1:${port}`, 2_000) };
}

async function worker(...answers: [status: number, body: object][]) {
  const { asked, stripe } = await stripeThatSays(...answers);
  const { store, files, images, log } = bench();
  const handlers = jobHandlers(
    {
      providers: { isEmpty: true } as Parameters<typeof jobHandlers>[0]["providers"],
      images,
      store,
    },
    stripe,
  );
  const job = store.add("billing.top_up", ORDER);
  const runNext = async () => {
    const [claimed] = await store.claim("test", 1, [...handlers.keys()], []);
    return claimed && runJob(claimed, { store, files, handlers, log });
  };
  return { asked, job, runNext };
}

const intent = (status: string) => ({ id: "pi_1", object: "payment_intent", status });
const declined = {
  error: {
    type: "card_error",
    code: "card_declined",
    decline_code: "insufficient_funds",
    message: "Your card has insufficient funds.",
    payment_intent: intent("requires_payment_method"),
  },
};

test("the saved card is charged while its owner is away, under the purchase's key", async () => {
  const { asked, job, runNext } = await worker([200, intent("succeeded")]);
  expect(await runNext()).toBe("completed");
  expect(job.result).toEqual({
    outcome: "accepted",
    code: "succeeded",
    payment_intent_id: "pi_1",
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.key).toBe(`top_up:${ORDER.checkout_id}`);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
    amount: "999",
    currency: "usd",
    customer: "cus_1",
    payment_method: "pm_1",
    confirm: "true",
    off_session: "true",
    description: "Starter",
    "metadata[checkout_id]": ORDER.checkout_id,
    "metadata[user_id]": ORDER.user_id,
    "metadata[top_up]": "true",
  });
});

test.each([
  ["a decline", 402, declined, "insufficient_funds"],
  [
    "a bank that wants to ask its customer",
    402,
    { error: { type: "card_error", code: "authentication_required", payment_intent: intent("x") } },
    "authentication_required",
  ],
  [
    "a card that is gone",
    404,
    { error: { type: "invalid_request_error", code: "resource_missing" } },
    "resource_missing",
  ],
  ["an intent that wants more", 200, intent("requires_action"), "requires_action"],
])("%s is an answer: the job is done, and is not tried again", async (_, status, body, code) => {
  const { asked, job, runNext } = await worker([status, body]);
  expect(await runNext()).toBe("completed");
  expect(job.result).toMatchObject({ outcome: "declined", code });
  expect(await runNext()).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test.each([
  ["is away", 503, { error: { type: "api_error" } }],
  ["is busy", 429, { error: { type: "invalid_request_error", code: "rate_limit" } }],
  ["does not know our key", 401, { error: { type: "invalid_request_error" } }],
])("a Stripe that %s is asked again with the same key", async (_, status, body) => {
  const { asked, job, runNext } = await worker([status, body], [200, intent("succeeded")]);
  expect(await runNext()).toBe("failed");
  expect(job.status).toBe("queued");
  job.run_at = 0;
  expect(await runNext()).toBe("completed");
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});

test("a slow method is accepted: its webhook tells how it ended", async () => {
  const { job, runNext } = await worker([200, intent("processing")]);
  await runNext();
  expect(job.result).toMatchObject({ outcome: "accepted", code: "processing" });
});

test("a worker without a key of Stripe leaves the type to others", () => {
  const { images, store } = bench();
  const handlers = jobHandlers({
    providers: { isEmpty: true } as Parameters<typeof jobHandlers>[0]["providers"],
    images,
    store,
  });
  expect([...handlers.keys()]).not.toContain("billing.top_up");
});
