import { join } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, ROOT } from "../db/config.ts";
import { entry } from "../db/entry.ts";
import { ensureServer, urlOf, withClient } from "../local/server/index.ts";
import { ensureTemplate } from "../local/server/template.ts";
import { listTests } from "./choose.ts";
import { identityOf, keepVerdict, lineOf, readVerdicts, report } from "./report.ts";
import { KINDS, type Kind, listRules, type Rule } from "./rules.ts";
import { sampleOf } from "./sample.ts";
import { Laboratory, STAGES, type Stage, type Verdict } from "./trial.ts";

const HELP = `Usage: ./scripts/mutate [kind …] [options]

Takes one rule of the database away at a time, in a copy of it, and runs tests there until one
fails. A rule that survives is one that no test would miss. Kinds, all of them by default:
  ${KINDS.join(", ")}

  --module <name>    rules of one folder of sql/ (editor, social, credits, jobs, …)
  --name <text>      rules whose name contains it
  --sample <n>       so many of each kind, chosen by --seed (1)
  --stages <list>    of ${STAGES.join(",")}: the pgTAP files that may notice, all others, what is slow (default: all)
  --minutes <n>      begins no rule after so long
  --limit <seconds>  for one rule (default 900)
  --workers <n>      rules at a time (default 1)
  --resume           leaves out what an earlier run found (.local/mutations.jsonl)
  --survivors        only what survived in an earlier run
  --list             only names the rules`;

const KEPT = join(ROOT, ".local", "mutations.jsonl");

const options = {
  module: { type: "string" },
  name: { type: "string" },
  sample: { type: "string" },
  seed: { type: "string", default: "1" },
  stages: { type: "string", default: STAGES.join(",") },
  minutes: { type: "string" },
  limit: { type: "string", default: "900" },
  workers: { type: "string", default: "1" },
  resume: { type: "boolean", default: false },
  survivors: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Values = ReturnType<typeof readArgs>["values"];

function readArgs(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n\n${HELP}`);
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = readArgs(args);
  if (values.help) {
    console.log(HELP);
    return;
  }
  const kinds = positionals.length > 0 ? positionals.map(kindOf) : [...KINDS];
  const stages = (values.stages ?? "").split(",").map(stageOf);
  const earlier = readVerdicts(KEPT);
  const server = await ensureServer();
  try {
    const template = await ensureTemplate(server);
    const all = await withClient(urlOf(server, template, server.owner), listRules);
    const rules = choose(all, kinds, values, earlier);
    if (values.list) {
      console.log(rules.map((rule) => `${rule.module} ${identityOf(rule)}`).join("\n"));
      return;
    }
    const trial = {
      server,
      template,
      tests: listTests(),
      stages,
      limitSeconds: numberOf(values.limit),
    };
    const until =
      Date.now() + (values.minutes ? numberOf(values.minutes) * 60_000 : Number.POSITIVE_INFINITY);
    const queue = [...rules];
    const verdicts: Verdict[] = [];
    const work = async (worker: number): Promise<void> => {
      const laboratory = await Laboratory.open(worker, trial);
      for (let rule = queue.shift(); rule && Date.now() < until; rule = queue.shift()) {
        const verdict = await laboratory.tryWithout(rule);
        verdicts.push(verdict);
        keepVerdict(KEPT, verdict);
        console.log(lineOf(verdict));
      }
      await laboratory.close();
    };
    await Promise.all(
      Array.from({ length: numberOf(values.workers) }, (_, worker) => work(worker)),
    );
    const ids = new Set(all.map(identityOf));
    const shown =
      values.resume || values.survivors
        ? [...readVerdicts(KEPT).values()].filter(
            (verdict) => kinds.includes(verdict.kind) && ids.has(identityOf(verdict)),
          )
        : verdicts;
    const { text, met } = report(shown, all.filter((rule) => kinds.includes(rule.kind)).length);
    console.log(`\n${text}`);
    if (!met) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

function choose(all: Rule[], kinds: Kind[], values: Values, earlier: Map<string, Verdict>): Rule[] {
  const wanted = all.filter((rule) => {
    const before = earlier.get(identityOf(rule));
    return (
      kinds.includes(rule.kind) &&
      (values.module === undefined || rule.module === values.module) &&
      (values.name === undefined || rule.name.includes(values.name)) &&
      !(values.resume && before) &&
      (!values.survivors || (before !== undefined && !before.killedBy))
    );
  });
  if (wanted.length === 0) throw new ConfigError("no rule is chosen");
  return values.sample === undefined
    ? wanted
    : kinds.flatMap((kind) =>
        sampleOf(
          wanted.filter((rule) => rule.kind === kind),
          numberOf(values.sample),
          numberOf(values.seed),
        ),
      );
}

function kindOf(name: string): Kind {
  const kind = KINDS.find((each) => each === name);
  if (!kind) throw new ConfigError(`"${name}" is not a kind (${KINDS.join(", ")})`);
  return kind;
}

function stageOf(name: string): Stage {
  const stage = STAGES.find((each) => each === name);
  if (!stage) throw new ConfigError(`"${name}" is not a stage (${STAGES.join(", ")})`);
  return stage;
}

function numberOf(text: string | undefined): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new ConfigError(`"${text}" is no number from 1 on`);
  return value;
}

await entry(() => main(process.argv.slice(2)));
