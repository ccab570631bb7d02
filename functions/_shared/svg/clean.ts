import { allowedAttribute, isAllowedElement, isShape, safeStyleSheet } from "./allowed.ts";

export class SvgError extends Error {
  override readonly name = "SvgError";
}

const MAX_DEPTH = 200;
const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const SKIPPED = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<!DOCTYPE[^[\]>]*>/y;
const TEXT = /[^<]+/y;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)/gi;

// Whether a file wants to be an SVG, by its first bytes.
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  return start.startsWith("<") && /^(<\?xml|<!--|<!doctype\s+svg|<svg)/i.test(start);
}

// The drawing alone: elements and attributes that are known to draw, written anew. Scripts, event
// handlers, foreign content and addresses of anything outside the file are left out. A file that is
// not well formed, declares entities or draws nothing is refused.
export function cleanSvg(bytes: Uint8Array): Uint8Array {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SvgError("The SVG is not UTF-8.", { cause });
  }
  return new TextEncoder().encode(new Cleaner(text).clean());
}

class Cleaner {
  readonly #text: string;
  readonly #out: string[] = [];
  readonly #open: { name: string; kept: boolean }[] = [];
  #at = 0;
  // How many elements that are left out we are in.
  #dropping = 0;
  #draws = false;
  #ended = false;

  constructor(text: string) {
    this.#text = text;
  }

  clean(): string {
    while (this.#at < this.#text.length) {
      if (this.#take(SKIPPED)) continue;
      const text = this.#take(TEXT);
      if (text) this.#addText(text[0]);
      else this.#addTag();
    }
    if (this.#open.length > 0 || !this.#ended) throw new SvgError("The SVG is cut off.");
    if (!this.#draws) throw new SvgError("The SVG draws nothing.");
    return this.#out.join("");
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #addText(text: string): void {
    const parent = this.#open.at(-1)?.name;
    if (parent === undefined) {
      if (text.replace("\ufeff", "").trim()) throw new SvgError("There is text around the SVG.");
      return;
    }
    if (this.#dropping > 0) return;
    if (parent === "style") this.#out.push(safeStyleSheet(text) ? text : "");
    else this.#out.push(text.replace(ENTITY, "&amp;").replaceAll(">", "&gt;"));
  }

  #addTag(): void {
    const tag = this.#take(TAG);
    if (!tag) throw new SvgError("The SVG is not well formed.");
    const [, slash, name = "", rest = ""] = tag;
    if (slash) {
      this.#close(name);
      return;
    }
    if (this.#ended || (this.#open.length === 0 && name !== "svg")) {
      throw new SvgError("The file is not one SVG.");
    }
    if (this.#open.length >= MAX_DEPTH) throw new SvgError("The SVG is nested too deeply.");
    const isEmpty = rest.endsWith("/");
    const kept = this.#dropping === 0 && isAllowedElement(name);
    if (kept) {
      this.#draws ||= isShape(name);
      const attributes = attributesOf(isEmpty ? rest.slice(0, -1) : rest);
      this.#out.push(`<${name}${attributes}${isEmpty ? "/" : ""}>`);
    }
    if (isEmpty) {
      this.#ended ||= this.#open.length === 0;
      return;
    }
    this.#open.push({ name, kept });
    if (!kept) this.#dropping += 1;
  }

  #close(name: string): void {
    const opened = this.#open.pop();
    if (opened?.name !== name) throw new SvgError("The SVG is not well formed.");
    if (opened.kept) this.#out.push(`</${name}>`);
    else this.#dropping -= 1;
    this.#ended = this.#open.length === 0;
  }
}

function attributesOf(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(text);
    if (!found) break;
    at = ATTRIBUTE.lastIndex;
    const [, name = "", double, single] = found;
    const value = (double ?? single ?? "").replace(ENTITY, "&amp;").replaceAll('"', "&quot;");
    if (allowedAttribute(name, value)) kept.push(` ${name}="${value}"`);
  }
  if (text.slice(at).trim()) throw new SvgError("The SVG is not well formed.");
  return kept.join("");
}
