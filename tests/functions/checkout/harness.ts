import { onTestFinished, vi } from "vitest";
import type { RpcClient } from "../../../functions/_shared/rpc.ts";
import { createStripe } from "../../../functions/_shared/stripe.ts";
import { createCheckoutHandler } from "../../../functions/checkout/handler.ts";
import { emulator, SECRET_KEY } from "../stripe_emulator/harness.ts";

export const USER = "0b6a1c1e-8f0f-4b58-9a55-0d3c1f7d9b01";
export const PACKAGE = "7d1f2a90-52e4-4d5a-8f6f-3c4b5a697801";
export const TOKEN = "Bearer header.payload.signature";

export type RpcAnswer = Awaited<ReturnType<RpcClient["rpc"]>>;

export const ok = (data: unknown): RpcAnswer => ({ data, error: null, status: 200 });
export const refused = (status: number, code: string, message: string): RpcAnswer => ({
  data: null,
  error: { code, message, details: null, hint: null },
  status,
});

export const pack = {
  id: PACKAGE,
  name: "500 credits",
  description: "For print",
  credits: 500,
  unit_amount: 1999,
  currency: "usd",
  stripe_price_id: null as string | null,
};

// Stands for the database: the same key finds the same checkout.
function fakeDatabase(change: object) {
  const checkouts = new Map<string, string>();
  return (args: Record<string, unknown>): RpcAnswer => {
    const key = String(args.p_idempotency_key);
    const id = checkouts.get(key) ?? crypto.randomUUID();
    checkouts.set(key, id);
    return ok({
      checkout_id: id,
      user_id: USER,
      email: "ada@example.com",
      package: pack,
      stripe_customer_id: null,
      status: "open",
      ...change,
    });
  };
}

// The function with a real SDK, a real emulator, and a database that is played.
export async function checkoutFunction(
  options: {
    checkout?: object;
    create?: (args: Record<string, unknown>) => RpcAnswer;
    attach?: RpcAnswer;
    secretKey?: string | null;
    apiBase?: string;
  } = {},
) {
  const running = await emulator();
  const create = vi.fn(options.create ?? fakeDatabase(options.checkout ?? {}));
  const attach = vi.fn((_: Record<string, unknown>) => options.attach ?? ok({}));
  const asCaller = vi.fn((_: string) => client("create_checkout", create));
  const key = options.secretKey === undefined ? SECRET_KEY : options.secretKey;
  const stripe = key === null ? undefined : createStripe(key, options.apiBase ?? running.url, 2000);
  const handler = createCheckoutHandler({
    stripe,
    returnUrlOrigins: ["https://good.example", "http://localhost:3000"],
    asCaller,
    asService: client("attach_checkout", attach),
  });
  const errors = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => errors.mockRestore());

  const post = async (
    body: unknown,
    headers: Record<string, string> = { authorization: TOKEN },
  ) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return answerOf(
      await handler(new Request("http://f/checkout", { method: "POST", headers, body: text })),
    );
  };
  return { ...running, asCaller, attach, create, handler, post };
}

function client(name: string, answer: (args: Record<string, unknown>) => RpcAnswer): RpcClient {
  return {
    rpc: async (called, args) => {
      if (called !== name) throw new Error(`unexpected rpc ${called}`);
      return answer(args);
    },
  };
}

export async function answerOf(response: Response) {
  const body = await response.json();
  return { status: response.status, code: body.error?.code, body, headers: response.headers };
}

export const REQUEST = {
  package_id: PACKAGE,
  success_url: "https://good.example/done?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://localhost:3000/back",
};
