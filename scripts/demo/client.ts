import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { z } from "zod";
import type { Database } from "../../supabase/database.types.ts";
import { must } from "./result.ts";

const CALL_MS = 30_000;

export function connect({ url, publishableKey }: { url: string; publishableKey: string }) {
  return createClient<Database>(url, publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: WebSocket as never },
    global: {
      fetch: (input, init) =>
        fetch(input as string, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_MS) }),
    },
  });
}

export type Client = ReturnType<typeof connect>;
export type Step = (what: string, result: string) => void;

const creditsSchema = z.object({
  settled: z.number(),
  held: z.number(),
  available: z.number(),
  debt: z.number(),
});

export type Credits = z.output<typeof creditsSchema>;

export async function credits(supabase: Client): Promise<Credits> {
  return creditsSchema.parse(must(await supabase.rpc("my_credits"), "read the credits"));
}

export function show({ available, held }: Credits): string {
  return `${available} credits available, ${held} held`;
}

export function same(a: Credits, b: Credits): boolean {
  return a.available === b.available && a.held === b.held && a.settled === b.settled;
}
