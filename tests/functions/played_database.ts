import { onTestFinished, vi } from "vitest";
import type { Handler } from "../../functions/_shared/http.ts";
import type { RpcClient } from "../../functions/_shared/rpc.ts";

export type RpcAnswer = Awaited<ReturnType<RpcClient["rpc"]>>;
type Args = Record<string, unknown>;
type Played = Record<string, (args: Args) => RpcAnswer>;

export const ok = (data: unknown): RpcAnswer => ({ data, error: null, status: 200 });
export const refused = (status: number, code: string, message: string): RpcAnswer => ({
  data: null,
  error: { code, message, details: null, hint: null },
  status,
});

// A database that is played: each function answers as the test says, and every call is noted.
export function playedDatabase(played: Played) {
  const calls: { name: string; args: Args }[] = [];
  const client: RpcClient = {
    rpc: async (name, args) => {
      calls.push({ name, args });
      const answer = played[name];
      if (!answer) throw new Error(`unexpected rpc ${name}`);
      return answer(args);
    },
  };
  const named = (name: string) =>
    calls.filter((call) => call.name === name).map(({ args }) => args);
  return { calls, client, named };
}

// Posts JSON to a handler. What it logs on the way is kept off the screen.
export function poster(handler: Handler, authorization: string) {
  for (const level of ["error", "warn", "info"] as const) {
    const silent = vi.spyOn(console, level).mockReturnValue();
    onTestFinished(() => silent.mockRestore());
  }
  return async (body: unknown, headers: Record<string, string> = { authorization }) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request("http://f/function", { method: "POST", headers, body: text });
    const response = await handler(request);
    const answer = await response.json();
    return { status: response.status, code: answer.error?.code, body: answer };
  };
}
