import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "../supabase/database.types.ts";

const PATIENCE_MS = 120_000;

// A new user of the stack that ./scripts/start keeps up, or of SUPABASE_URL with SUPABASE_KEY (the
// publishable one).
export async function signUp() {
  const { url, key } = address();
  const supabase = createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: WebSocket as never },
  });
  const email = `example-${crypto.randomUUID()}@example.com`;
  const { user } = must(await supabase.auth.signUp({ email, password: crypto.randomUUID() }));
  if (!user) throw new Error("Signing up gave no user.");
  return { supabase, userId: user.id };
}

function address(): { url: string; key: string } {
  const { SUPABASE_URL, SUPABASE_KEY } = process.env;
  if (SUPABASE_URL && SUPABASE_KEY) return { url: SUPABASE_URL, key: SUPABASE_KEY };
  const file = new URL("../.local/stack.json", import.meta.url);
  if (!existsSync(file))
    throw new Error("No stack is running here: start one with ./scripts/start.");
  const { url, publishableKey } = JSON.parse(readFileSync(file, "utf8"));
  return { url, key: publishableKey };
}

// supabase-js hands errors over as values; an example ends with the first one.
export function must<T>({ data, error }: { data: T; error: unknown }): NonNullable<T> {
  if (error) throw error;
  if (data === null || data === undefined) throw new Error("There is no answer.");
  return data;
}

// Looks again until the condition holds. On hosted Supabase, watch the row by Realtime instead.
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`Waited in vain: ${JSON.stringify(seen)}`);
    await wait(200);
  }
}

// What an <img> would load from a signed URL.
export async function fetched(url: string): Promise<string> {
  const response = await fetch(url);
  const bytes = (await response.arrayBuffer()).byteLength;
  return `${response.status} ${response.headers.get("content-type")}, ${bytes > 0 ? "not empty" : "empty"}`;
}
