import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { onTestFinished } from "vitest";
import {
  type StripeEmulatorOptions,
  startStripeEmulator,
} from "../../../scripts/local/stripe/server.ts";

export const SECRET_KEY = "sk_test_tallybase";
export const WEBHOOK_SECRET = "whsec_tallybase";

// An emulator on a free port and the official SDK pointed at it; both end with the test.
export async function emulator(options: Partial<StripeEmulatorOptions> = {}) {
  const server = await startStripeEmulator({ port: 0, secretKey: SECRET_KEY, ...options });
  onTestFinished(server.close);
  const sdk = (key = SECRET_KEY, maxNetworkRetries = 0): Stripe => {
    const { hostname, port } = new URL(server.url);
    return new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries });
  };
  const control = async (path: string, body: object = {}, method = "POST") => {
    const response = await fetch(`${server.url}/_emulator/${path}`, {
      method,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { ...server, control, sdk, stripe: sdk() };
}

export interface Received {
  body: string;
  signature: string;
}

// Stands where the stripe-webhook function would; `answer` decides the status of each delivery.
export async function receiver(answer: (count: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const signature = String(request.headers["stripe-signature"]);
      received.push({ body, signature });
      response.writeHead(answer(received.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const types = (): string[] => received.map((each) => JSON.parse(each.body).type);
  return { received, types, url };
}

const item = {
  quantity: 2,
  price_data: {
    currency: "usd",
    unit_amount: 999,
    product_data: { name: "500 credits", description: "For <b>print</b>" },
  },
};

export const PACK = {
  mode: "payment",
  line_items: [item] as [typeof item],
  metadata: { checkout_id: "c1", user_id: "u1" },
  payment_intent_data: { metadata: { checkout_id: "c1" } },
  client_reference_id: "u1",
  customer_email: "ada@example.com",
  success_url: "https://app.example.com/done?session={CHECKOUT_SESSION_ID}",
  cancel_url: "https://app.example.com/back",
} satisfies Stripe.Checkout.SessionCreateParams;
