import { readFileSync } from "node:fs";
import pg from "pg";
import { parseTap, type TapResult } from "./tap.ts";

/**
 * Runs one file as the owner of the database, in a transaction that is rolled
 * back. The simple protocol sends the rows of each statement as it ends, so
 * that a file which dies half-way still shows what it had tested.
 */
export async function runTapFile(url: string, path: string): Promise<TapResult> {
  const client = tapClient(url);
  try {
    await client.connect();
    return await runTapOn(client, path);
  } catch (error) {
    return { passed: 0, failures: [], problems: [String(error)] };
  } finally {
    await client.end().catch(() => {});
  }
}

export function tapClient(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, statement_timeout: 60_000 });
  client.on("error", () => {});
  return client;
}

/**
 * The same on a connection that is there, after another statement in the same transaction.
 * What the file did to the session stays.
 */
export async function runTapOn(client: pg.Client, path: string, before = ""): Promise<TapResult> {
  const text = readFileSync(path, "utf8");
  const refusal = refuse(text);
  if (refusal) return { passed: 0, failures: [], problems: [refusal] };

  const lines: string[] = [];
  let died: string | undefined;
  try {
    await client.query(`begin; ${before}`);
    died = await stream(client, text, lines).then(
      () => undefined,
      (error: pg.DatabaseError) => describe(error, text),
    );
    await client.query("rollback");
  } catch (error) {
    died ??= String(error);
  }
  const result = parseTap(lines);
  // A file that died has missed its plan; that says nothing more.
  return died ? { ...result, problems: [died] } : result;
}

function refuse(text: string): string | undefined {
  const withoutComments = text.replaceAll(/--.*$/gm, "");
  if (/^\s*\\/m.test(withoutComments)) return "commands of psql (\\…) do not run here";
  if (/^\s*commit\s*;/im.test(withoutComments)) return "commits: a test must leave nothing behind";
  return undefined;
}

function stream(client: pg.Client, text: string, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Arrays, since two columns of one name would be one key of an object.
    const config: pg.QueryArrayConfig = { text, rowMode: "array" };
    const query = new pg.Query(config as pg.QueryConfig);
    query.on("row", (row: unknown) => {
      for (const value of Array.isArray(row) ? row : []) {
        if (typeof value === "string") lines.push(...value.split("\n"));
      }
    });
    query.on("error", reject);
    query.on("end", () => resolve());
    client.query(query);
  });
}

function describe(error: pg.DatabaseError, text: string): string {
  const position = Number(error.position);
  const line = position ? ` at line ${text.slice(0, position).split("\n").length}` : "";
  const parts = [`died${line}: ${error.message} (${error.code ?? "no code"})`];
  if (error.detail) parts.push(`detail: ${error.detail}`);
  if (error.where) parts.push(`where: ${error.where}`);
  return parts.join("\n");
}
