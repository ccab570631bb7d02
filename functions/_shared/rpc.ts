import { z } from "zod";
import type { Database, Json } from "../../supabase/database.types.ts";
import { ApiError } from "./api_error.ts";
import { type DatabaseErrorBody, databaseError } from "./database_error.ts";

// The part of a Supabase client that is needed here, so that a test can stand in for it.
export interface RpcClient {
  rpc(
    name: string,
    args: Record<string, unknown>,
  ): PromiseLike<{ data: unknown; error: DatabaseErrorBody | null; status: number }>;
}

type Functions = Database["public"]["Functions"];
export type FunctionName = keyof Functions & string;

// A function's arguments by name. SQL takes null for any of them, which the generated types do not
// say, and whatever serializes for json.
export type FunctionArgs<N extends FunctionName> = {
  [K in keyof Functions[N]["Args"]]: Json extends Functions[N]["Args"][K]
    ? unknown
    : Functions[N]["Args"][K] | null;
};

// Calls one database function and checks the shape of what it returns.
export async function rpc<T, N extends FunctionName>(
  client: RpcClient,
  name: N,
  args: FunctionArgs<N>,
  result: z.ZodType<T>,
): Promise<T> {
  const { data, error, status } = await client.rpc(name, args);
  if (error) throw databaseError(error, status);
  const parsed = result.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new ApiError(500, "database_error", "The database answered in an unknown shape.", {
    cause: `${name}: ${z.prettifyError(parsed.error)}`,
  });
}

// For calls that the caller does not steer: whatever the database refuses there is our own fault,
// so it never answers 4xx.
export async function serviceRpc<T, N extends FunctionName>(
  client: RpcClient,
  name: N,
  args: FunctionArgs<N>,
  result: z.ZodType<T>,
): Promise<T> {
  try {
    return await rpc(client, name, args, result);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    const status = error.code === "retry_on_conflict" ? 503 : 500;
    throw new ApiError(status, error.code, error.message, { cause: error });
  }
}
