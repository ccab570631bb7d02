import { granted, nameOf, type Relation } from "../../../scripts/rights/matrix.ts";
import { type Attempt, insertOf } from "./attempts.ts";
import { ownerColumn, quoted, type Table } from "./rows.ts";
import { literal, rowOf, type World } from "./world.ts";

// A colleague who is named sees nothing of the conversation.
const NAMES_ANYBODY = ["social.conversations.assigned_to"];

/**
 * Another user's own row, and in it the owner's id or the id of a row of the owner's: for each column
 * that they may write and that refers to one, by update and by insert. It is refused, or a trigger
 * writes what is right instead.
 */
export async function foreignAttempts(world: World, relation: Relation): Promise<Attempt[]> {
  const table = world.tables.find((each) => nameOf(each) === nameOf(relation));
  if (!table || !ownerColumn(table)) return [];
  const attempts: Attempt[] = [];
  for (const [column, value] of await foreignValues(world, relation, table)) {
    if (NAMES_ANYBODY.includes(`${nameOf(relation)}.${column}`)) continue;
    const { row, where } = await rowOf(world, relation, "other");
    const name = quoted(relation);
    const after = `select count(*) from ${name} as t
      where t."${column}" = ${literal(value)} or t."${ownerColumn(table)}" = '${world.people.owner}'`;
    const expected = "refused or no row";
    const isOwner = column === ownerColumn(table);
    if (granted(relation, "update", "other")?.includes(column)) {
      const update: Attempt = {
        who: "other",
        what: `update of ${column} to the owner's`,
        before: `delete from ${name} as t where not (${where})`,
        statement: `update ${name} set "${column}" = ${literal(value)}`,
        after,
        expected,
      };
      attempts.push(...andBare(update, isOwner));
    }
    const columns = granted(relation, "insert", "other");
    if (columns?.includes(column)) {
      const insert: Attempt = {
        who: "other",
        what: `insert with the owner's ${column}`,
        before: `delete from ${name}`,
        statement: insertOf(relation, { row: { ...row, [column]: value } }, columns),
        after,
        expected,
      };
      attempts.push(...andBare(insert, isOwner));
    }
  }
  return attempts;
}

/** The policy alone, too, where the column is the one that it compares. */
const andBare = (attempt: Attempt, isOwner: boolean): Attempt[] =>
  isOwner
    ? [attempt, { ...attempt, what: `${attempt.what}, without triggers`, bare: true }]
    : [attempt];

async function foreignValues(
  world: World,
  relation: Relation,
  table: Table,
): Promise<Map<string, unknown>> {
  const values = new Map<string, unknown>();
  for (const column of relation.columns) {
    const parent = world.tables.find((each) =>
      table.parents.some((one) => one.column === column && one.table === nameOf(each)),
    );
    if (column === ownerColumn(table)) values.set(column, world.people.owner);
    if (!parent || !ownerColumn(parent) || values.has(column)) continue;
    const columns = parent.columns.map(({ name }) => name);
    const { row } = await rowOf(world, { ...relation, ...parent, columns }, "owner");
    values.set(column, row[parent.key[0] ?? ""]);
  }
  return values;
}
