import { roleOf, type Who } from "../../../scripts/rights/matrix.ts";
import { ownerColumn } from "./rows.ts";
import type { Person, World } from "./world.ts";

/** A node of EXPLAIN (format json), as far as it is looked at. */
export type PlanNode = {
  "Node Type": string;
  "Parent Relationship"?: string;
  Schema?: string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "Actual Loops"?: number;
  Plans?: PlanNode[];
};

export async function planOf(
  world: World,
  who: Who,
  query: string,
  options = "verbose, costs off",
): Promise<PlanNode> {
  const { client, people } = world;
  const claims = JSON.stringify({ sub: people[who as Person], role: roleOf(who) });
  await client.query("begin");
  try {
    await client.query(
      "select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)",
      [claims, roleOf(who)],
    );
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (${options}, format json) ${query}`,
    );
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
    if (!plan) throw new Error(`no plan: ${query}`);
    return plan;
  } finally {
    await client.query("rollback");
  }
}

export const nodesOf = (node: PlanNode): PlanNode[] => [
  node,
  ...(node.Plans ?? []).flatMap(nodesOf),
];

const CALL = /\b(?:private|auth)\.\w+\(/g;

/** Calls that run for every row: all but those of an InitPlan that is one call and reads no rows. */
export function callsPerRow(plan: PlanNode): string[] {
  return nodesOf(plan).flatMap((node) => {
    const { Plans, ...own } = node;
    const reads = (Plans ?? []).some((child) => child["Parent Relationship"] !== "InitPlan");
    const once =
      node["Node Type"] === "Result" && node["Parent Relationship"] === "InitPlan" && !reads;
    const calls = JSON.stringify(own).match(CALL) ?? [];
    return once ? [] : calls.map((call) => `${call}…) in ${node["Node Type"]}`);
  });
}

/** InitPlans that ran more than once; the plan is of EXPLAIN (analyze). */
export const repeated = (plan: PlanNode): PlanNode[] =>
  nodesOf(plan).filter(
    (node) => node["Parent Relationship"] === "InitPlan" && (node["Actual Loops"] ?? 0) > 1,
  );

/**
 * Scans of tables with users' rows that no condition of an index leads. An admin sees every row: the
 * range of the policy leads nowhere, an index in the order of the list does.
 */
export function wholeScans(plan: PlanNode, world: World, who: Who): string[] {
  const owned = new Set(
    world.tables.filter(ownerColumn).map(({ schema, name }) => `${schema}.${name}`),
  );
  const nodes = nodesOf(plan);
  const sorted = nodes.some((node) => node["Node Type"].includes("Sort"));
  const isLed = ({ "Node Type": type, "Index Cond": condition = "" }: PlanNode): boolean => {
    if (who !== "admin") return condition !== "";
    return condition.replaceAll(OF_POLICY, "") !== "" || (type.startsWith("Index") && !sorted);
  };
  return nodes.flatMap((node) => {
    const relation = `${node.Schema}.${node["Relation Name"]}`;
    if (!owned.has(relation)) return [];
    const led =
      node["Node Type"] === "Bitmap Heap Scan"
        ? nodesOf(node)
            .filter((each) => each["Node Type"] === "Bitmap Index Scan")
            .every((each) => isLed(each) || each["Index Name"] === PUBLIC)
        : isLed(node) || node["Index Name"] === PUBLIC;
    return led ? [] : [`${node["Node Type"]} of ${relation}`];
  });
}

/** The bounds of "own rows, admins all". */
const OF_POLICY = /[()]|\bAND\b|\s|\(?\w+\.\w+ [<>]= \(InitPlan \d+\)\.col1\)?/g;

/** It has the public collections alone, which are everybody's to read. */
const PUBLIC = "image_collections_is_public_idx";

export const ANALYZED = "analyze, verbose, costs off, timing off, summary off";
