import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { type Stack, type StackOptions, startStack } from "../../scripts/local/stack.ts";
import type { Database } from "../../supabase/database.types.ts";

export type Client = SupabaseClient<Database>;

// For what the types do not know or would refuse: a test's own table, a wrong column.
export const untyped = (client: Client): SupabaseClient => client as unknown as SupabaseClient;

export interface User {
  id: string;
  email: string;
  token: string;
  client: Client;
}

export interface TestStack extends Stack {
  dataDir: string;
  // A front end nobody is signed in to.
  anon(): Client;
  // A server with the secret key.
  service(): Client;
  signUp(): Promise<User>;
  // A user of an earlier stack on the same data, with a client of this one.
  resume(user: User): User;
  // A raw request with the publishable key, for what supabase-js would not send.
  fetch(path: string, init?: RequestInit & { as?: User | "service" | "nobody" }): Promise<Response>;
}

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

// The whole stack on free ports, with its data in memory and in a temporary directory.
export async function bootStack(options: Partial<StackOptions> = {}): Promise<TestStack> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "tallybase-e2e-"));
  const forget = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const stack = await startStack({
    root: ROOT,
    dataDir,
    apiPort: 0,
    stripePort: 0,
    dotEnv: {},
    inMemory: options.dataDir === undefined,
    ...options,
  }).catch((error: unknown) => {
    forget();
    throw error;
  });
  const { url, keys } = stack;

  const connect = (key: string, token?: string): Client =>
    createClient<Database>(url, key, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      realtime: { transport: WebSocket as never },
      ...(token && { global: { headers: { authorization: `Bearer ${token}` } } }),
    });

  return {
    ...stack,
    dataDir,
    anon: () => connect(keys.publishable),
    service: () => connect(keys.secret),
    async signUp() {
      const email = `user-${crypto.randomUUID()}@example.com`;
      const { data, error } = await connect(keys.publishable).auth.signUp({
        email,
        password: crypto.randomUUID(),
      });
      if (error || !data.user || !data.session) throw error ?? new Error("no session");
      const token = data.session.access_token;
      return { id: data.user.id, email, token, client: connect(keys.publishable, token) };
    },
    resume: (user) => ({ ...user, client: connect(keys.publishable, user.token) }),
    fetch(path, { as = "nobody", ...init } = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has("apikey")) {
        headers.set("apikey", as === "service" ? keys.secret : keys.publishable);
      }
      if (typeof as === "object") headers.set("authorization", `Bearer ${as.token}`);
      return fetch(`${url}${path}`, { ...init, headers });
    },
    async stop() {
      await stack.stop();
      forget();
    },
  };
}
