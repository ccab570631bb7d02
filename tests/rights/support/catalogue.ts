import { nameOf, type Relation, roleOf, VERBS } from "../../../scripts/rights/matrix.ts";
import type { FreshDatabase } from "../../support/database.ts";

/** What the catalogue says of one relation: its columns, and a line a right of anybody but the owner. */
export type Live = { columns: string[]; rights: string[] };

const RELATIONS = `
  select
    n.nspname || '.' || c.relname as name,
    array_agg(a.attname::text order by a.attnum) as columns,
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'who', case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
        'verb', lower(g.privilege_type), 'passed_on', g.is_grantable
      )), '[]')
      from aclexplode(c.relacl) as g where g.grantee <> c.relowner
    ) as whole,
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'who', case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
        'verb', lower(g.privilege_type), 'passed_on', g.is_grantable, 'column', t.attname
      ) order by t.attnum), '[]')
      from pg_attribute as t cross join lateral aclexplode(t.attacl) as g
      where t.attrelid = c.oid and not t.attisdropped and g.grantee <> c.relowner
    ) as some
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')
  group by n.nspname, c.oid
  order by 1`;

type Grant = { who: string; verb: string; passed_on: boolean; column?: string };

export async function liveRights(
  database: FreshDatabase,
  schemas: string[],
): Promise<Map<string, Live>> {
  const rows = await database.query<{
    name: string;
    columns: string[];
    whole: Grant[];
    some: Grant[];
  }>(RELATIONS, [schemas]);
  return new Map(
    rows.map(({ name, columns, whole, some }) => {
      const rights = whole.map((grant) => rightLine(grant.verb, grant.who, grant.passed_on));
      const columnsOf = new Map<string, string[]>();
      for (const { who, verb, passed_on, column = "" } of some) {
        const line = rightLine(verb, who, passed_on);
        columnsOf.set(line, [...(columnsOf.get(line) ?? []), column]);
      }
      for (const [line, named] of columnsOf) rights.push(`${line}: ${named.join(" ")}`);
      return [name, { columns, rights: rights.sort() }];
    }),
  );
}

const rightLine = (verb: string, who: string, passedOn: boolean) =>
  `${verb} ${who}${passedOn ? " (and may pass it on)" : ""}`;

/** What the matrix says, in the same words. */
export function declaredRights(relations: Relation[]): Map<string, Live> {
  return new Map(
    relations.map((relation) => {
      const rights = VERBS.flatMap((verb) =>
        relation.rights[verb].flatMap(({ who, columns }) =>
          [...new Set(who.map(roleOf))].map(
            (role) =>
              `${verb} ${role}${columns ? `: ${inOrder(relation, columns).join(" ")}` : ""}`,
          ),
        ),
      );
      return [nameOf(relation), { columns: relation.columns, rights: rights.sort() }];
    }),
  );
}

const inOrder = (relation: Relation, columns: string[]) =>
  relation.columns.filter((column) => columns.includes(column));
