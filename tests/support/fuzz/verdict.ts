import { readFileSync } from "node:fs";

/** An error of the database, as the driver or PostgREST tells it. */
export type Told = {
  code: string;
  message: string;
  detail?: string | undefined;
  hint?: string | undefined;
  /** Where it was raised; the driver alone says that. */
  where?: string | undefined;
};

const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");

/** Each word of the page's first table with the statuses it comes with. */
const documented = new Map<string, Set<string>>();
for (const line of (page.split("## From edge functions")[0] ?? "").split("\n")) {
  const [, status = "", words = ""] = line.split("|").map((cell) => cell.trim());
  if (!/^\d{3}$/.test(status)) continue;
  for (const [, word = ""] of words.matchAll(/`([a-z_]+)`/g)) {
    documented.set(word, new Set([...(documented.get(word) ?? []), status]));
  }
}

/**
 * What is wrong with a refusal; undefined when it is one that a client can act on. A write
 * may be refused by Postgres's own words for malformed values and broken rules. A call may
 * be only where its arguments are read: behind that it has words of its own, which its
 * comment names.
 */
export function complaintOf(told: Told, call?: { comment: string }): string | undefined {
  const named = `${told.code} ${told.message.split("\n")[0]?.slice(0, 160)}`;
  if (/^PT4\d\d$/.test(told.code)) {
    const word = told.message;
    if (!documented.get(word)?.has(told.code.slice(2))) return `${named}: not in docs/errors.md`;
    if (call && !new RegExp(`\\b${word}\\b`).test(call.comment))
      return `${named}: not in its comment`;
    return undefined;
  }
  if (told.code === "42501") return undefined;
  // pgvector reads a value before anything of ours sees it; docs/errors.md has it.
  if (told.code === "54000" && /^vector cannot have more/.test(told.message)) return undefined;
  if (/^2[23]/.test(told.code)) {
    const inside = call && /function/i.test(told.where ?? "");
    return inside ? `${named}: raised inside, at ${told.where?.split("\n")[0]}` : undefined;
  }
  return `${named}: no refusal but a fault`;
}

/** Whether anything of an answer has the word of somebody else's rows. */
export const tells = (answer: unknown, marker: string): boolean =>
  JSON.stringify(answer)?.includes(marker) ?? false;

/** Complaints with how often each came and one request that brought it. */
export class Complaints {
  private readonly found = new Map<string, { times: number; example: string }>();

  add(complaint: string, example: string): void {
    const known = this.found.get(complaint);
    if (known) known.times += 1;
    else this.found.set(complaint, { times: 1, example: example.slice(0, 300) });
  }

  get list(): string[] {
    return [...this.found].map(
      ([text, { times, example }]) => `${text} (${times}x, e.g. ${example})`,
    );
  }
}
