/** One rule in the text of a function, and what stands there when it is taken away. */
export type Cut = { start: number; end: number; replacement: string; label: string };

/** The same text, as long, with comments and strings blanked: what is left is code. */
export function maskOf(body: string): string {
  return body.replaceAll(
    /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g,
    (text) => text.replaceAll(/[^\n]/g, " "),
  );
}

const RAISE = /\braise(?:\s+exception\b|(?=\s*;))/g;
const PERFORM = /\bperform\s+private\.(\w*?(?:require|check|refuse)_\w+)\s*\(/g;
/** Guards that give a value: what is left gives it without asking. */
const ASKING: [RegExp, string][] = [
  [
    /\bprivate\.(require_user_id|require_admin|editor_credit_caller)\s*\(\s*\)/g,
    "private.user_id()",
  ],
  [
    /\bprivate\.(require_profile)\s*\(\s*\)/g,
    "(select p from public.profiles as p where p.id = private.user_id())",
  ],
];

/** What refuses: raises, and calls of functions that raise. */
export function guardsOf(body: string): Cut[] {
  const code = maskOf(body);
  const cuts: Cut[] = [];
  const statement = (start: number, label: (text: string) => string): void => {
    const end = code.indexOf(";", start);
    const text = body.slice(start, end);
    cuts.push({ start, end, replacement: "null", label: label(text) });
  };
  for (const { index } of code.matchAll(RAISE)) {
    statement(index, (text) => `raise ${/message\s*=\s*'([^']+)'/.exec(text)?.[1] ?? "again"}`);
  }
  for (const { index, 1: name = "" } of code.matchAll(PERFORM)) statement(index, () => name);
  for (const [pattern, replacement] of ASKING) {
    for (const { index, 0: text, 1: label = "" } of code.matchAll(pattern)) {
      const within = cuts.some((cut) => cut.start <= index && index < cut.end);
      if (!within) cuts.push({ start: index, end: index + text.length, replacement, label });
    }
  }
  return cuts.sort((a, b) => a.start - b.start);
}

const LOCK =
  /\s+for\s+(?:no\s+key\s+update|update|share|key\s+share)\b(?:\s+of\s+\w+)?(?:\s+skip\s+locked|\s+nowait)?/g;
/** In the text of a statement that is put together. */
const LOCK_IN_TEXT = /\s+for no key update(?=')/g;
const ADVISORY = /\bperform\s+pg_(?:try_)?advisory_\w+\s*\([^;]*(?=;)/g;

/** Locks of rows, and advisory ones. */
export function locksOf(body: string): Cut[] {
  const code = maskOf(body);
  return [
    ...[...code.matchAll(LOCK)].map((match) => ({ match, replacement: "" })),
    ...[...body.matchAll(LOCK_IN_TEXT)].map((match) => ({ match, replacement: "" })),
    ...[...code.matchAll(ADVISORY)].map((match) => ({ match, replacement: "null" })),
  ].map(({ match, replacement }) => ({
    start: match.index,
    end: match.index + match[0].length,
    replacement,
    label: `${match[0].trim().replaceAll(/\s+/g, " ")} of ${tableBefore(code, match.index)}`,
  }));
}

/** The table that a lock is of: the nearest one named before it. */
function tableBefore(code: string, index: number): string {
  const named = [...code.slice(0, index).matchAll(/\b(?:from|join)\s+([\w.]+)/g)];
  return named.at(-1)?.[1] ?? "?";
}

export const without = (body: string, cut: Cut): string =>
  body.slice(0, cut.start) + cut.replacement + body.slice(cut.end);
