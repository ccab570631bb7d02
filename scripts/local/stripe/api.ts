import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import Stripe from "stripe";
import type { z } from "zod";
import type { Cause, Context } from "./context.ts";
import { StripeApiError } from "./errors.ts";
import { expanded } from "./expand.ts";
import type { Fault, Faults } from "./faults.ts";
import { FormError, type FormObject, parseForm } from "./form.ts";
import { Idempotency } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { parseParams } from "./params.ts";

export interface ApiEnv {
  Variables: { cause: Cause; fault: Fault | undefined; params: FormObject; raw: string };
}

type Operation<T> = (
  ctx: Context,
  params: T,
  request: { id: string; cause: Cause; url: URL },
) => object;

// The routes of one resource: a method, a path, the parameters it knows, and what it does.
export class Routes {
  readonly app = new Hono<ApiEnv>();
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  get<T extends { expand: string[] }>(path: string, schema: z.ZodType<T>, run: Operation<T>): void {
    this.#on("GET", path, schema, run);
  }

  post<T extends { expand: string[] }>(
    path: string,
    schema: z.ZodType<T>,
    run: Operation<T>,
  ): void {
    this.#on("POST", path, schema, run);
  }

  delete<T extends { expand: string[] }>(
    path: string,
    schema: z.ZodType<T>,
    run: Operation<T>,
  ): void {
    this.#on("DELETE", path, schema, run);
  }

  #on<T extends { expand: string[] }>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    run: Operation<T>,
  ): void {
    this.app.on(method, path, (c) => {
      const params = parseParams(schema, c.get("params"));
      const answer = run(this.#ctx, params, {
        id: c.req.param("id") ?? "",
        cause: c.get("cause"),
        url: new URL(c.req.url),
      });
      return pretty(expanded(this.#ctx, answer, params.expand), 200);
    });
  }
}

// What Stripe does around every call: the key, the form, idempotency, errors in its own words.
export function createApi(ctx: Context, secretKey: string, faults: Faults): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use(requestId, authorized(secretKey), form, lostAnswers(faults), idempotent(ctx), failures);
  api.notFound((c) => {
    const message = `Unrecognized request URL (${c.req.method}: ${c.req.path}).`;
    return pretty(new StripeApiError(404, message).body(c.get("cause").id ?? ""), 404);
  });
  api.onError((error, c) => {
    const known =
      error instanceof StripeApiError
        ? error
        : new StripeApiError(500, `The emulator failed: ${error.message}`, { type: "api_error" });
    if (known.status >= 500) console.error(error);
    return pretty(known.body(c.get("cause").id ?? ""), known.status);
  });
  return api;
}

const requestId = createMiddleware<ApiEnv>(async (c, next) => {
  const id = newId("request");
  c.set("cause", { id, idempotency_key: c.req.header("idempotency-key") ?? null });
  await next();
  c.res.headers.set("request-id", id);
  c.res.headers.set("stripe-version", c.req.header("stripe-version") ?? Stripe.API_VERSION);
});

const authorized = (secretKey: string) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const [scheme = "", credentials = ""] = (c.req.header("authorization") ?? "").split(" ");
    const key =
      scheme.toLowerCase() === "basic"
        ? (Buffer.from(credentials, "base64").toString().split(":")[0] ?? "")
        : credentials;
    if (key === "") throw new StripeApiError(401, "You did not provide an API key.");
    if (key !== secretKey) {
      throw new StripeApiError(401, `Invalid API Key provided: ${key.slice(0, 8)}****`);
    }
    await next();
  });

const form = createMiddleware<ApiEnv>(async (c, next) => {
  const inQuery = c.req.method === "GET" || c.req.method === "DELETE";
  const raw = inQuery ? new URL(c.req.url).search.slice(1) : await c.req.text();
  try {
    c.set("params", parseForm(raw));
  } catch (error) {
    if (error instanceof FormError) throw new StripeApiError(400, error.message);
    throw error;
  }
  c.set("raw", raw);
  await next();
});

// A fault that was ordered, from outside of idempotency: carried out, but the caller never learns.
const lostAnswers = (faults: Faults) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const fault = faults.take(c.req.path);
    c.set("fault", fault);
    await next();
    if (fault?.executed) c.res = pretty(simulated(500).body(""), fault.status ?? 500);
  });

// The same from inside: late, or not carried out at all.
const failures = createMiddleware<ApiEnv>(async (c, next) => {
  const fault = c.get("fault");
  if (fault) await sleep(fault.delay_ms);
  if (fault?.status && !fault.executed) throw simulated(fault.status);
  await next();
});

const idempotent = (ctx: Context) => {
  const idempotency = new Idempotency(ctx.store);
  return createMiddleware<ApiEnv>(async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || !key) return next();
    const known = idempotency.begin(key, c.req.path, c.get("raw"), ctx.now());
    if (known) {
      return raw(known.body, known.status, {
        "idempotency-key": key,
        "idempotent-replayed": "true",
        "original-request": known.requestId,
      });
    }
    try {
      await next();
      c.res.headers.set("idempotency-key", key);
      idempotency.finish(key, {
        path: c.req.path,
        params: c.get("raw"),
        status: c.res.status,
        body: await c.res.clone().text(),
        requestId: c.get("cause").id ?? "",
        created: ctx.now(),
      });
    } finally {
      idempotency.release(key);
    }
  });
};

function simulated(status: number): StripeApiError {
  return new StripeApiError(status, "A failure that was asked for.", { type: "api_error" });
}

function pretty(body: object, status: number): Response {
  return raw(JSON.stringify(body, null, 2), status);
}

function raw(body: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}
