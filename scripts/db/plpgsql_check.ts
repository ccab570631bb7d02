import type pg from "pg";

/**
 * plpgsql_check over every plpgsql function of ours, trigger functions once for
 * each table (and transition table) they serve: more than `supabase db lint` asks (dynamic SQL that
 * can be injected into, wrong volatility, shadowed variables).
 */
const QUERY = `
  select
    p.oid::regprocedure::text as function,
    f.level,
    f.lineno as line,
    f.message,
    coalesce(f.detail, '') as detail
  from pg_proc as p
  join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
  join pg_namespace as n on n.oid = p.pronamespace
  left join lateral (
    select distinct t.tgrelid, t.tgoldtable, t.tgnewtable
    from pg_trigger as t
    where t.tgfoid = p.oid
  ) as served on true
  cross join lateral extensions.plpgsql_check_function_tb(
    p.oid,
    coalesce(served.tgrelid, 0),
    oldtable => served.tgoldtable,
    newtable => served.tgnewtable,
    fatal_errors => false,
    other_warnings => true,
    extra_warnings => true,
    performance_warnings => true,
    security_warnings => true
  ) as f
  where n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'extensions', 'auth', 'storage', 'cron', 'net', 'tests')
    -- A trigger function that no table uses cannot be checked without one.
    and (p.prorettype <> 'trigger'::regtype or served.tgrelid is not null)
    and p.prorettype <> 'event_trigger'::regtype
  order by 1, f.lineno
`;

type Finding = {
  function: string;
  level: string;
  line: number | null;
  message: string;
  detail: string;
};

export async function checkFunctions(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Finding>(QUERY);
  return rows
    .map((row) =>
      `${row.function} line ${row.line ?? "?"}: ${row.level}: ${row.message} ${row.detail}`.trim(),
    )
    .join("\n");
}
