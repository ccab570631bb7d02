// Run by Deno: what one event costs the stripe-webhook handler in its own process, with a database
// that answers at once; and of that the signature and the JSON. In microseconds.
import Stripe from "stripe";
import { createStripeWebhookHandler } from "../../../functions/stripe-webhook/handler.ts";

const { file, secret } = JSON.parse(Deno.args[0]);

const events = JSON.parse(await Deno.readTextFile(file)).flat();
const crypto = Stripe.createSubtleCryptoProvider();
const signed = [];
for (const event of events) {
  const body = JSON.stringify(event, null, 2);
  const header = await Stripe.webhooks.generateTestHeaderStringAsync({ payload: body, secret });
  signed.push({ body: new TextEncoder().encode(body), header });
}
const handler = createStripeWebhookHandler({
  webhookSecrets: [secret],
  asService: {
    rpc: () => Promise.resolve({ data: { status: "applied" }, error: null, status: 200 }),
  },
});

// The best of five passes: what it costs undisturbed, once the code is compiled.
async function microseconds(run) {
  let best = Infinity;
  for (let pass = 0; pass < 5; pass++) {
    const started = performance.now();
    for (const each of signed) await run(each);
    best = Math.min(best, ((performance.now() - started) * 1000) / signed.length);
  }
  return best;
}

const whole = await microseconds(async ({ body, header }) => {
  const headers = { "stripe-signature": header };
  const answer = await handler(new Request("http://localhost/", { method: "POST", headers, body }));
  if (answer.status !== 200) throw new Error(await answer.text());
});
const signature = await microseconds(({ body, header }) =>
  Stripe.webhooks.constructEventAsync(body, header, secret, 300, crypto),
);
const decoder = new TextDecoder();
const json = await microseconds(({ body }) => JSON.parse(decoder.decode(body)));
console.log(JSON.stringify({ whole, signature: signature - json, json }));
