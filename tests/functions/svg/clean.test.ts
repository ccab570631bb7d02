import { describe, expect, test } from "vitest";
import { vectorize } from "../../../functions/_shared/images/mod.ts";
import { cleanSvg, looksLikeSvg } from "../../../functions/_shared/svg/clean.ts";
import { demoPicture } from "../images/helpers.ts";

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const PATH = '<path d="M0 0L9 9"/>';
const bytes = (text: string) => new TextEncoder().encode(text);
const clean = (inner: string, attributes = "") =>
  new TextDecoder().decode(cleanSvg(bytes(`<svg ${NS}${attributes}>${inner}${PATH}</svg>`)));
const plain = `<svg ${NS}>${PATH}</svg>`;

test("a drawing stays as it is", async () => {
  for (const inner of [
    '<g transform="translate(1,2)" fill="url(#a)" style="stroke:#fff;fill:none"><rect width="2" height="3"/></g>',
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#abc"/></linearGradient></defs>',
    '<use href="#a"/><use xlink:href="#a"/>',
    "<style>.a{fill:#fff} .b > .c{fill:url(#a)}</style>".replace(" > ", " "),
    "<title>Cats &amp; dogs &#38; more</title>",
  ]) {
    expect(clean(inner)).toBe(`<svg ${NS}>${inner}${PATH}</svg>`);
  }
  const { bytes: traced } = await vectorize(await demoPicture());
  expect(new TextDecoder().decode(cleanSvg(traced)).length).toBeGreaterThan(traced.length * 0.9);
});

describe("left out is", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a script with its source", '<script href="https://evil.test/x.js"/>'],
    ["a script in CDATA", "<script><![CDATA[</script><path/>]]></script>"],
    ["foreign content", "<foreignObject><body><p>hi</p></body></foreignObject>"],
    ["a frame", '<iframe src="https://evil.test"></iframe>'],
    ["an animation that sets an address", '<animate attributeName="href" to="javascript:x"/>'],
    ["a set", '<set attributeName="onload" to="x"/>'],
    ["a picture of elsewhere", '<image href="https://evil.test/pixel.gif"/>'],
    ["a link", '<a href="javascript:alert(1)"></a>'],
    ["a handler of another namespace", '<handler xmlns="http://www.w3.org/2001/xml-events"/>'],
    ["a comment", "<!-- <script>alert(1)</script> -->"],
    ["an instruction", '<?xml-stylesheet href="https://evil.test/x.css"?>'],
    ["what is in something left out", "<unknown><script>1</script><path d='x'/></unknown>"],
  ])("%s", (_what, inner) => {
    expect(clean(inner)).toBe(plain);
  });

  test.each([
    ' onload="alert(1)"',
    " onload='alert(1)'",
    ' ONCLICK="alert(1)"',
    ' xmlns:ev="http://www.w3.org/2001/xml-events"',
    ' style="background:url(https://evil.test/x)"',
    ' style="fill:u\\72l(https://evil.test)"',
    ' style="fill:&#117;rl(https://evil.test)"',
    ' style="width:expression(alert(1))"',
    ' fill="url(https://evil.test/x#a)"',
    ' filter="url(#a)"',
    ' href="https://evil.test"',
    ' href="javascript:alert(1)"',
    ' href="java&#115;cript:alert(1)"',
    ' data-x="1"',
  ])("the attribute%s", (attribute) => {
    expect(clean("", attribute)).toBe(plain);
    expect(clean(`<g${attribute}></g>`)).toBe(`<svg ${NS}><g></g>${PATH}</svg>`);
  });

  test.each([
    "@import url(https://evil.test/x.css);",
    ".a{fill:url(https://evil.test)}",
    ".a{behavior:url(x)}",
    ".a{fill:u\\72l(https://evil.test)}",
  ])("the style sheet %s", (sheet) => {
    expect(clean(`<style>${sheet}</style>`)).toBe(`<svg ${NS}><style></style>${PATH}</svg>`);
  });

  test("a document type without entities", () => {
    const doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">';
    const text = `\ufeff<?xml version="1.0"?>\n${doctype}\n${plain}\n`;
    expect(new TextDecoder().decode(cleanSvg(bytes(text)))).toBe(plain);
  });
});

test("an entity that is none is text, and text is no markup", () => {
  expect(clean("<title>a &evil; b ]]> c</title>")).toContain(
    "<title>a &amp;evil; b ]]&gt; c</title>",
  );
});

test.each([
  ["entities", `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${plain}`],
  ["nothing drawn", `<svg ${NS}><script>1</script></svg>`],
  ["another root", "<html><svg/></html>"],
  ["two roots", plain + plain],
  ["text before it", `hello ${plain}`],
  ["text after it", `${plain} hello`],
  ["its end missing", `<svg ${NS}>${PATH}`],
  ["crossed tags", `<svg ${NS}><g><path></g></path></svg>`],
  ["an open tag", `<svg ${NS}>${PATH}<g`],
  ["an attribute without quotes", `<svg ${NS} onload=alert(1)>${PATH}</svg>`],
  ["an open script", `<svg ${NS}>${PATH}<script>`],
  ["an open comment", `<svg ${NS}>${PATH}<!-- </svg>`],
  ["nothing at all", ""],
  ["too much nesting", `<svg ${NS}>${"<g>".repeat(300)}${PATH}${"</g>".repeat(300)}</svg>`],
])("with %s it is refused", (_what, text) => {
  expect(() => cleanSvg(bytes(text))).toThrow(/SVG/);
});

test("bytes that are no UTF-8 are refused", () => {
  expect(() => cleanSvg(Uint8Array.of(0xff, 0xfe, 0x3c, 0x00))).toThrow(/UTF-8/);
});

test("a large drawing takes a time that grows with its size alone", () => {
  const many = `${'<path d="M0 0L9 9" fill="#abc"/>'.repeat(50_000)}`;
  const long = `<path d="${"M0 0 L9 9 ".repeat(200_000)}"/>`;
  expect(clean(many + long)).toHaveLength(`<svg ${NS}>${many}${long}${PATH}</svg>`.length);
  expect(() => clean(`<g ${'a="'.repeat(20_000)}`)).toThrow(/SVG/);
});

test.each([
  ["<svg/>", true],
  ['\ufeff  <?xml version="1.0"?><svg/>', true],
  ["<!DOCTYPE svg><svg/>", true],
  ["<!-- a comment --><svg/>", true],
  ["<html>", false],
  ["\x89PNG", false],
  ["", false],
])("%s wants to be an SVG: %s", (text, expected) => {
  expect(looksLikeSvg(bytes(text))).toBe(expected);
});
