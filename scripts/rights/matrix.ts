import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, ROOT } from "../db/config.ts";

export const MATRIX = "tests/rights/matrix.txt";

export const VERBS = ["select", "insert", "update", "delete"] as const;
export type Verb = (typeof VERBS)[number];

/** Who asks. owner, other and admin are one role; the policies tell them apart. */
export const WHO = ["anon", "owner", "other", "admin", "service_role", "langgraph"] as const;
export type Who = (typeof WHO)[number];

/** Columns are named where the grant names them; without any it is the whole relation's. */
export type Right = { who: Who[]; columns?: string[] };

export type Relation = {
  schema: string;
  name: string;
  columns: string[];
  rights: Record<Verb, Right[]>;
};

export const roleOf = (who: Who): string =>
  who === "owner" || who === "other" || who === "admin" ? "authenticated" : who;

export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${schema}.${name}`;

/** The columns that this one may use the verb on; undefined when there is no such right. */
export function columnsFor(relation: Relation, verb: Verb, who: Who): string[] | undefined {
  const right = relation.rights[verb].find((each) => each.who.includes(who));
  return right && (right.columns ?? relation.columns);
}

/** The columns that the grant to this one's role has, whatever the policies leave of it. */
export function granted(relation: Relation, verb: Verb, who: Who): string[] | undefined {
  const role = roleOf(who);
  const right = relation.rights[verb].find((each) => each.who.some((one) => roleOf(one) === role));
  return right && (right.columns ?? relation.columns);
}

export const readMatrix = (): Relation[] => parseMatrix(readFileSync(join(ROOT, MATRIX), "utf8"));

/**
 * A relation's name begins a block; below it are lines "verb who …" or "verb who …: column …".
 * A deeper line goes on with the one above it.
 */
export function parseMatrix(text: string): Relation[] {
  const relations: Relation[] = [];
  for (const { line, number } of logicalLines(text)) {
    const refuse = (problem: string): never => {
      throw new ConfigError(`${MATRIX}:${number}: ${problem}`);
    };
    const words = line.trim().split(/\s+/);
    if (!line.startsWith(" ")) {
      const [schema = "", name] = (words[0] ?? "").split(".");
      if (!name || words.length > 1) return refuse("a block begins with schema.relation");
      if (relations.some((each) => each.schema === schema && each.name === name)) {
        refuse(`${schema}.${name} is there twice`);
      }
      const rights = { select: [], insert: [], update: [], delete: [] };
      relations.push({ schema, name, columns: [], rights });
      continue;
    }
    const relation = relations.at(-1) ?? refuse("no relation was named yet");
    const [what, ...rest] = words;
    if (what === "columns") relation.columns = rest;
    else if (isVerb(what)) addRight(relation, what, rest, refuse);
    else refuse(`"${what}" is neither columns nor a verb (${VERBS.join(", ")})`);
  }
  return relations;
}

function addRight(
  relation: Relation,
  verb: Verb,
  words: string[],
  refuse: (problem: string) => never,
): void {
  const colon = words.findIndex((word) => word.endsWith(":"));
  const who = (colon < 0 ? words : words.slice(0, colon + 1)).map((word) => word.replace(/:$/, ""));
  const columns = colon < 0 ? undefined : words.slice(colon + 1);
  const unknown = who.find((one) => !(WHO as readonly string[]).includes(one));
  if (unknown !== undefined || who.length === 0) refuse(`"${unknown ?? ""}" is nobody we know`);
  const foreign = columns?.find((column) => !relation.columns.includes(column));
  if (foreign !== undefined) refuse(`${nameOf(relation)} has no column ${foreign}`);
  if (columns && (verb === "select" || verb === "delete")) refuse(`${verb} is of whole rows`);
  const right: Right = { who: who as Who[], ...(columns && { columns }) };
  // One grant is one line: two of a role would be two truths about it.
  const roles = right.who.map(roleOf);
  if (relation.rights[verb].some((each) => each.who.some((one) => roles.includes(roleOf(one))))) {
    refuse(`a second line of ${verb} for one role`);
  }
  relation.rights[verb].push(right);
}

const isVerb = (word: string | undefined): word is Verb =>
  (VERBS as readonly (string | undefined)[]).includes(word);

/** Without comments and empty lines, each with its continuations. */
function logicalLines(text: string): { line: string; number: number }[] {
  const lines: { line: string; number: number }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/(^|\s)#.*$/, "").trimEnd();
    if (line === "") continue;
    const last = lines.at(-1);
    if (line.startsWith("    ") && last) last.line += ` ${line.trim()}`;
    else lines.push({ line, number: index + 1 });
  }
  return lines;
}
