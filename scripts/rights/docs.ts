import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DriftError, exposedSchemas, ROOT, readConfig } from "../db/config.ts";
import { entry } from "../db/entry.ts";
import {
  columnsFor,
  MATRIX,
  type Relation,
  readMatrix,
  VERBS,
  type Verb,
  WHO,
  type Who,
} from "./matrix.ts";

const PATH = "docs/rights.md";
// A role of few relations has no column of its own.
const SHOWN: Who[] = ["anon", "owner", "other", "admin", "service_role"];

const code = (text: string): string => `\`${text}\``;

/** docs/rights.md: the matrix as tables, a schema a section. */
export function rightsPage(relations: Relation[], schemas: string[]): string {
  const parts = [
    "# Rights",
    "",
    `Written by \`npx tsx scripts/rights/docs.ts\` from \`${MATRIX}\`; do not edit. \`tests/rights\` tries every cell of it on a real Postgres, with a row of the owner's, and fails on any right that is not in the file.`,
    "",
    "- **owner**: the signed-in user whose row it is. Where rows have no user (prices, plans, metrics), any signed-in user.",
    "- **other**: another signed-in user, who asks for the owner's row. An insert of theirs names the owner as its user.",
    "- **admin**: a signed-in user with the role admin, who asks for the owner's row.",
    "- **service_role**: a server with the secret key; it passes the policies and has its grants alone.",
    "",
    "What is not named is refused: 42501 where the role has no such right at all, no row where the policies leave none. A star (\\*) is for some columns, named below the table. Users insert and update their own rows through the same columns that an upsert sends, keys and owners too; policies and triggers hold those.",
  ];
  for (const schema of schemas) {
    const own = relations.filter((relation) => relation.schema === schema);
    if (own.length > 0) parts.push("", ...section(schema, own));
  }
  return `${parts.join("\n")}\n`;
}

function section(schema: string, relations: Relation[]): string[] {
  const rows = relations.map((relation) => {
    const cells = SHOWN.map((who) => cell(relation, who));
    return `| ${[code(relation.name), ...cells].join(" | ")} |`;
  });
  return [
    `## ${schema}`,
    "",
    `| relation | ${SHOWN.join(" | ")} |`,
    `| --- |${" --- |".repeat(SHOWN.length)}`,
    ...rows,
    ...columnLists(relations),
    ...otherRoles(relations),
  ];
}

function cell(relation: Relation, who: Who): string {
  const verbs = VERBS.filter((verb) => columnsFor(relation, verb, who));
  if (verbs.length === 0) return "–";
  return verbs.map((verb) => `${verb}${someColumns(relation, verb, who) ? "\\*" : ""}`).join(", ");
}

function someColumns(relation: Relation, verb: Verb, who: Who): string[] | undefined {
  const columns = columnsFor(relation, verb, who);
  return columns && columns.length < relation.columns.length ? columns : undefined;
}

function columnLists(relations: Relation[]): string[] {
  const rows = relations.flatMap((relation) =>
    (["insert", "update"] as const).flatMap((verb) =>
      relation.rights[verb]
        .filter(({ who, columns }) => columns && who.some((one) => SHOWN.includes(one)))
        .map(
          ({ who, columns = [] }) =>
            `| ${code(relation.name)} | ${verb} | ${who.join(", ")} | ${columns.map(code).join(", ")} |`,
        ),
    ),
  );
  if (rows.length === 0) return [];
  return ["", "| relation | verb | who | columns |", "| --- | --- | --- | --- |", ...rows];
}

function otherRoles(relations: Relation[]): string[] {
  return WHO.filter((who) => !SHOWN.includes(who)).flatMap((who) => {
    const has = relations.filter((relation) => cell(relation, who) !== "–");
    if (has.length === 0) return [];
    const each = has.map((relation) => {
      const verbs = VERBS.filter((verb) => columnsFor(relation, verb, who)).map((verb) => {
        const columns = someColumns(relation, verb, who);
        return columns ? `${verb} of ${columns.map(code).join(", ")}` : verb;
      });
      return `${code(relation.name)} (${verbs.join(", ")})`;
    });
    return ["", `The role ${code(who)}: ${each.join("; ")}.`];
  });
}

function main(check: boolean): void {
  const wanted = rightsPage(readMatrix(), exposedSchemas(readConfig()));
  const path = join(ROOT, PATH);
  const found = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (found === wanted) {
    console.log(`${PATH} is what ${MATRIX} says`);
  } else if (check) {
    throw new DriftError(`${PATH} is stale: run \`npx tsx scripts/rights/docs.ts\` and commit it`);
  } else {
    writeFileSync(path, wanted);
    console.log(`${PATH} written`);
  }
}

await entry(() => main(process.argv.includes("--check")));
