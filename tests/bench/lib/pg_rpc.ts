import type pg from "pg";
import type { Client } from "../../../functions/_shared/supabase.ts";

// What has no value to aggregate.
const VOID = new Set(["record_api_usage"]);
const ROWS = new Set(["claim_jobs"]);

/**
 * The part of supabase-js that the worker's store uses, straight to Postgres: neither PostgREST nor
 * our stand-in for it is measured.
 */
export function pgRpc(pool: pg.Pool): Client {
  const names = new Map<string, string>();
  const rpc = async (fn: string, args: Record<string, unknown>) => {
    const given = Object.keys(args).map((name, index) => `${name} => $${index + 1}`);
    const data = VOID.has(fn) ? "count(*)" : "json_agg(r)";
    const text = `select ${data} as data from public.${fn}(${given.join(", ")}) as r`;
    const name = names.get(text) ?? `rpc_${names.size}`;
    names.set(text, name);
    try {
      const { rows } = await pool.query({ name, text, values: Object.values(args) });
      const all = rows[0]?.data ?? [];
      return { data: ROWS.has(fn) ? all : all[0], error: null, status: 200 };
    } catch (error) {
      return { data: null, error, status: 400 };
    }
  };
  return { rpc } as unknown as Client;
}
