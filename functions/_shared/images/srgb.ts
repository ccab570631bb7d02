// A minimal ICC v4 display profile with the primaries and the transfer curve of sRGB. Pictures
// with another profile are converted to it, since results carry no profile.
const PRIMARIES = {
  wtpt: [0.9642, 1, 0.8249],
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

export function srgbProfile(): Uint8Array {
  const fixed = (value: number) => Math.round(value * 65536);
  const text = (tag: string, words: string) => {
    const data = new Uint8Array(28 + words.length * 2);
    const view = new DataView(data.buffer);
    data.set(ascii("mluc"));
    view.setUint32(8, 1);
    view.setUint32(12, 12);
    data.set(ascii("enUS"), 16);
    view.setUint32(20, words.length * 2);
    view.setUint32(24, 28);
    for (let i = 0; i < words.length; i++) view.setUint16(28 + i * 2, words.charCodeAt(i));
    return { tag, data };
  };
  const numbers = (tag: string, type: string, head: number, values: number[]) => {
    const data = new Uint8Array(head + values.length * 4);
    data.set(ascii(type));
    const view = new DataView(data.buffer);
    if (type === "para") view.setUint16(8, 3);
    values.forEach((value, i) => {
      view.setInt32(head + i * 4, fixed(value));
    });
    return { tag, data };
  };
  const tags = [
    text("desc", "sRGB"),
    text("cprt", "CC0"),
    ...Object.entries(PRIMARIES).map(([tag, xyz]) => numbers(tag, "XYZ ", 8, xyz)),
    ...["rTRC", "gTRC", "bTRC"].map((tag) => numbers(tag, "para", 12, CURVE)),
  ];
  const start = 132 + tags.length * 12;
  const size = start + tags.reduce((sum, tag) => sum + padded(tag.data.length), 0);
  const profile = new Uint8Array(size);
  const view = new DataView(profile.buffer);
  view.setUint32(0, size);
  view.setUint32(8, 0x04300000);
  profile.set(ascii("mntrRGB XYZ "), 12);
  profile.set(ascii("acsp"), 36);
  [0.9642, 1, 0.8249].forEach((value, i) => {
    view.setInt32(68 + i * 4, fixed(value));
  });
  view.setUint32(128, tags.length);
  let at = start;
  tags.forEach(({ tag, data }, i) => {
    profile.set(ascii(tag), 132 + i * 12);
    view.setUint32(136 + i * 12, at);
    view.setUint32(140 + i * 12, data.length);
    profile.set(data, at);
    at += padded(data.length);
  });
  return profile;
}

function ascii(words: string): Uint8Array {
  return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
