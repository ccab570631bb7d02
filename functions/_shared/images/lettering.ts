// How the words of a prompt are broken into lines and how large they are drawn.

/** What the poster's font has: Latin, Cyrillic and Greek letters, digits and common signs. */
const UNDRAWABLE =
  /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Mn}0-9 !-/:-@[-`{-~¡-¿×÷‐-―‘-‟…€]/gu;
const MOST_LETTERS = 280;

export interface Lettering {
  lines: string[];
  size: number;
}

export function drawableWords(prompt: string): string {
  const words = prompt
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(UNDRAWABLE, "")
    .replace(/ +/g, " ")
    .trim();
  if (!/[\p{L}0-9]/u.test(words)) return "";
  if (words.length <= MOST_LETTERS) return words;
  return `${words.slice(0, MOST_LETTERS).replace(/ [^ ]*$/, "")}…`;
}

/** The largest size at which the words fit the box. `widthOf` measures at a size of 1. */
export function setWords(
  words: string,
  box: { width: number; height: number },
  leading: number,
  widthOf: (text: string) => number,
): Lettering {
  const largest = Math.min(box.height / leading / 1.6, box.width / 5);
  const smallest = 4;
  for (let size = largest; ; size *= 0.96) {
    const lines = broken(words, box.width / size, widthOf);
    const fits = lines.length * leading * size <= box.height;
    const isWhole = lines.every((line) => widthOf(line) * size <= box.width);
    // A word is cut only where no readable size holds it whole.
    const cutsWords = lines.join(" ").length !== words.length;
    if ((fits && isWhole && (!cutsWords || size < largest * 0.4)) || size <= smallest) {
      return { lines, size };
    }
  }
}

function broken(words: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (line && widthOf(line + letter) > width) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  if (line) lines.push(line);
  return lines;
}
