const REMOVED = "[removed]";
const SECRET_NAME = /token|secret|password|authori[sz]ation|api_?key|signature|cookie|email|phone/i;
const MAX_TEXT = 200;
const MAX_DEPTH = 6;

const SECRET_TEXT: readonly [RegExp, string][] = [
  [/\bBearer\s+\S+/gi, `Bearer ${REMOVED}`],
  [/\b(?:sb_secret|sb_publishable|sk|rk|whsec|r8)_[\w-]{12,}/g, REMOVED],
  [/\b(?:AIza|sk-)[\w-]{20,}/g, REMOVED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REMOVED],
  [/(https?:\/\/)[^\s/@]+@/gi, "$1"],
  [/(https?:\/\/[^\s"'?#]+)[?#][^\s"']*/gi, "$1"],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[email]"],
];

// Text without keys, tokens, e-mail addresses and the query of any URL (signed URLs carry their
// token there).
export function redactText(text: string): string {
  return SECRET_TEXT.reduce((kept, [pattern, by]) => kept.replace(pattern, by), text);
}

// A value that may be stored in a log: secrets out by name and by look, long texts cut.
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cut(redactText(value));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return "[deeper]";
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET_NAME.test(name) ? REMOVED : redact(item, depth + 1),
    ]),
  );
}

function cut(text: string): string {
  // Array.from keeps a surrogate pair whole: Postgres refuses half of one in jsonb.
  return text.length <= MAX_TEXT ? text : `${Array.from(text).slice(0, MAX_TEXT).join("")}…`;
}
