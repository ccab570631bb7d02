// What a drawing consists of. Anything else is left out of a provider's SVG.
const SHAPES = new Set("path rect circle ellipse line polyline polygon text tspan use".split(" "));
const OTHERS = new Set(
  "svg g defs symbol title desc style linearGradient radialGradient stop clipPath mask pattern marker".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  `id class style transform d points pathLength x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr width
  height viewBox preserveAspectRatio version xmlns xmlns:xlink xml:space href xlink:href fill
  fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-dasharray stroke-dashoffset stroke-opacity opacity color display visibility clip-path
  clip-rule clipPathUnits mask maskUnits maskContentUnits mask-type gradientUnits gradientTransform
  spreadMethod offset stop-color stop-opacity patternUnits patternContentUnits patternTransform
  vector-effect shape-rendering paint-order color-interpolation mix-blend-mode isolation
  font-family font-size font-style font-weight text-anchor dominant-baseline letter-spacing rotate
  textLength lengthAdjust refX refY markerWidth markerHeight markerUnits orient marker-start
  marker-mid marker-end`.split(/\s+/),
);
const LOCAL = /^#[\w.:-]{1,200}$/;
const NAMESPACES = new Set(["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"]);

export function isShape(name: string): boolean {
  return SHAPES.has(name);
}

export function isAllowedElement(name: string): boolean {
  return SHAPES.has(name) || OTHERS.has(name);
}

export function allowedAttribute(name: string, value: string): boolean {
  if (!ATTRIBUTES.has(name)) return false;
  if (name === "href" || name === "xlink:href") return LOCAL.test(value);
  if (name === "xmlns" || name === "xmlns:xlink") return NAMESPACES.has(value);
  if (name === "style") return safeStyleSheet(value);
  return safeAddresses(value);
}

// Rules that name nothing outside the file. Escapes could hide a word, so none are taken.
export function safeStyleSheet(text: string): boolean {
  return !/[\\<&@]|expression|javascript|behavior|-moz-binding/i.test(text) && safeAddresses(text);
}

// Every url(…) is one of the file's own ids.
function safeAddresses(value: string): boolean {
  const plain = value.replace(/url\(\s*["']?#[\w.:-]+["']?\s*\)/gi, "");
  return !/url\s*\(|image-set|src\s*\(|data:|javascript:|&/i.test(plain);
}
