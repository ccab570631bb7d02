import pg from "pg";
import { ensureTemplate, type TemplateOptions } from "./template.ts";
import { type Server, urlOf, withClient } from "./types.ts";

export type Database = { name: string; url: string; superuserUrl: string };

/** A database with the migrations applied: a copy of the run's template, which the first call builds. */
export async function createDatabase(
  server: Server,
  name: string,
  options: TemplateOptions = {},
): Promise<Database> {
  const template = await ensureTemplate(server, options);
  await cloneDatabase(server, name, template);
  return {
    name,
    url: urlOf(server, name, server.owner),
    superuserUrl: urlOf(server, name),
  };
}

export async function cloneDatabase(server: Server, name: string, template: string): Promise<void> {
  const [database, source, owner] = [name, template, server.owner].map(pg.escapeIdentifier);
  await withClient(server.superuserUrl, (client) =>
    client.query(`create database ${database} template ${source} owner ${owner}`),
  );
}

export async function dropDatabase(server: Server, name: string): Promise<void> {
  await withClient(server.superuserUrl, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  );
}

/** Every database of this run, for a server that stays. */
export async function dropDatabasesOf(server: Server): Promise<void> {
  const names = await withClient(server.superuserUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select d.datname from pg_database as d where starts_with(d.datname, $1)",
      [`${server.prefix}_`],
    );
    return rows.map((row) => row.datname);
  });
  for (const name of names) await dropDatabase(server, name);
}
