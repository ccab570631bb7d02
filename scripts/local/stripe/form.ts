// Stripe's requests are form-encoded with brackets: line_items[0][price_data][currency]=usd.
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type FormObject = { [key: string]: FormValue };

type Tree = Map<string, Tree | string>;

const KEY = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

export class FormError extends Error {
  override readonly name = "FormError";
}

export function parseForm(encoded: string): FormObject {
  const root: Tree = new Map();
  for (const [key, value] of new URLSearchParams(encoded)) {
    const match = KEY.exec(key);
    if (!match?.[1]) throw new FormError(`Invalid parameter name: ${key}`);
    const inner = [...(match[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? "");
    put(root, [match[1], ...inner], value, key);
  }
  return Object.fromEntries([...root].map(([key, child]) => [key, plain(child)]));
}

function put(tree: Tree, path: string[], value: string, key: string): void {
  const [head = "", ...rest] = path;
  // "a[]=x" appends.
  const name = head === "" ? String(tree.size) : head;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const next = tree.get(name) ?? new Map();
  if (typeof next === "string") throw new FormError(`Parameter given twice: ${key}`);
  tree.set(name, next);
  put(next, rest, value, key);
}

// Keys 0, 1, 2 … make a list. fromEntries defines own properties, so "__proto__" is only a name.
function plain(node: Tree | string): FormValue {
  if (typeof node === "string") return node;
  const entries = [...node].map(([key, child]): [string, FormValue] => [key, plain(child)]);
  const isList = entries.every(([key]) => /^\d+$/.test(key));
  if (!isList) return Object.fromEntries(entries);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}
