import { App, setExperimental } from "@supabase/lite";
import type { PgliteConnection } from "@supabase/lite/pglite";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { StackError } from "./stack_error.ts";
import { fileStorage } from "./storage_files.ts";

export type Fetch = (request: Request) => Promise<Response>;

export interface LiteOptions {
  config: Config;
  keys: Keys;
  storageDir: string;
}

// REST, auth and storage as supabase-js knows them, on the given database.
export async function createLite(db: Database, options: LiteOptions): Promise<Fetch> {
  const { config, keys } = options;
  setExperimental("storage", true);
  withoutGrants(db);
  withPostgrestStatuses(db);
  const app = new App({
    connection: db.connection,
    api: { schemas: config.api.schemas, max_rows: config.api.max_rows },
    auth: {
      enabled: true,
      publishable_key: keys.publishable,
      secret_key: keys.secret,
      jwt_secret: keys.jwtSecret,
      site_url: config.auth.site_url,
      additional_redirect_urls: config.auth.additional_redirect_urls,
      jwt_expiry: config.auth.jwt_expiry,
      enable_signup: config.auth.enable_signup,
      minimum_password_length: config.auth.minimum_password_length,
      email: {
        enable_signup: config.auth.enable_signup,
        enable_confirmations: config.auth.email.enable_confirmations,
      },
    },
    storage: { enabled: true, file_size_limit: config.storage.file_size_limit },
    studio: { enabled: false },
    options: { server: { admin: false, disableStudio: true } },
  });
  app._storageAdapter = fileStorage(options.storageDir);
  await app.init();
  const views = await writableViews(db, config.api.schemas);
  const [schema = "public"] = config.api.schemas;
  return serialised(db, (request) =>
    Promise.resolve(app.fetch(withConflictKey(request, views, schema))),
  );
}

async function writableViews(db: Database, schemas: string[]): Promise<Set<string>> {
  const rows = await db.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class as c
     join pg_namespace as n on n.oid = c.relnamespace
     join pg_attribute as a on a.attrelid = c.oid and a.attname = 'id'
     cross join pg_roles as r
     where c.relkind = 'v' and n.nspname = any ($1) and r.rolname in ('authenticated', 'service_role')
       and has_any_column_privilege(r.oid, c.oid, 'insert')`,
    [schemas],
  );
  return new Set(rows.map(({ name }) => name));
}

// Of a view lite knows no key, and an upsert without on_conflict would be a plain insert.
// PostgREST takes the key of the table below, which of all views that are written is their id.
function withConflictKey(request: Request, views: Set<string>, first: string): Request {
  if (request.method !== "POST" || !request.headers.get("prefer")?.includes("resolution=")) {
    return request;
  }
  const url = new URL(request.url);
  const schema = request.headers.get("content-profile") ?? first;
  const [, table] = /^\/rest\/v1\/([^/]+)$/.exec(url.pathname) ?? [];
  if (url.searchParams.has("on_conflict") || !views.has(`${schema}.${table}`)) return request;
  url.searchParams.set("on_conflict", "id");
  return new Request(url, request);
}

function serialised(db: Database, fetch: Fetch): Fetch {
  return (request) =>
    db.exclusive(async () => {
      const answer = await fetch(request);
      // Whatever failed inside lite may have left its transaction open on the one connection.
      if (db.embedded && answer.status >= 400) {
        await (db.connection as PgliteConnection).driver.exec("rollback");
      }
      return answer;
    });
}

// On the first request lite would grant ALL on every table of each schema with row security to
// anon, authenticated and service_role, unless it believes that this is done.
function withoutGrants(db: Database): void {
  const connection = db.connection as unknown as { rlsState?: string };
  if (connection.rlsState !== "unknown") {
    throw new StackError(
      "This version of @supabase/lite keeps its grants elsewhere: check scripts/local/lite.ts before using it.",
    );
  }
  connection.rlsState = "active";
}

// The guard on the line above: rights must be the same before and after lite's first requests.
export async function refuseChangedRights(db: Database, work: () => Promise<void>): Promise<void> {
  const before = await rightsOf(db);
  await work();
  if ((await rightsOf(db)) !== before) {
    throw new StackError(
      "@supabase/lite changed grants of the database on its first request: do not use this version, and start again with --reset.",
    );
  }
}

async function rightsOf(db: Database): Promise<string> {
  const [row] = await db.query<{ rights: string }>(`
    select md5(string_agg(a.entry, ',' order by a.entry)) as rights
    from (
      select 'class ' || c.oid || c.relacl::text as entry from pg_class as c
      union all
      select 'column ' || a.attrelid || ' ' || a.attnum || a.attacl::text from pg_attribute as a
      union all
      select 'function ' || p.oid || p.proacl::text from pg_proc as p
      union all
      select 'schema ' || n.oid || n.nspacl::text from pg_namespace as n
      union all
      select 'default ' || d.oid || d.defaclacl::text from pg_default_acl as d
      union all
      select 'member ' || m.roleid || ' ' || m.member from pg_auth_members as m
    ) as a
  `);
  return row?.rights ?? "";
}

interface DatabaseError {
  code?: unknown;
  message?: string;
  detail?: string;
  hint?: string;
}

// lite answers 500 and code SUP to every SQLSTATE it does not list. PostgREST's own table, with
// two entries made client errors: a view's computed column (0A000) and a view that takes no writes
// (55000) are mistakes of the request. lite's way to let SQL choose a status carries the answer.
function withPostgrestStatuses(db: Database): void {
  const { connection } = db;
  const normalize = connection.normalizeDbError.bind(connection);
  connection.normalizeDbError = (error: unknown) => {
    const known = normalize(error) as DatabaseError | null;
    // PGlite breaks its protocol at an array's value that is no array; Postgres calls it malformed.
    if (db.embedded && known?.code === "08P01") known.code = "22P02";
    const status = typeof known?.code === "string" ? missingStatus(known.code) : undefined;
    if (!known || status === undefined) return known;
    const { code, message, detail = null, hint = null } = known;
    return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), {
      code: "PGRST",
      detail: JSON.stringify({ status, headers: {} }),
    });
  };
}

function missingStatus(code: string): number | undefined {
  if (!/^[0-9A-Z]{5}$/.test(code) || /^(PT|PGRST|42|22|21)/.test(code)) return undefined;
  if (["23505", "23503", "23502", "25006"].includes(code)) return undefined;
  if (code === "55000" || code === "P0001") return 400;
  if (/^(28|0L|0P)/.test(code)) return 403;
  if (code !== "53400" && /^(08|53)/.test(code)) return 503;
  return /^(09|25|2D|38|39|3B|40|53|54|55|57|58|F0|HV|P0|XX)/.test(code) ? 500 : 400;
}
