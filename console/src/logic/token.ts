/** Which words of two texts agree, in any script: what the review page marks. */

/** `same`: the other side has the word too. `near`: it has one a letter or two away. `own`: only this side has it. */
export type Agreement = "same" | "near" | "own" | "gap";

export interface Piece {
  text: string;
  agreement: Agreement;
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "word" });
const MARK = /\p{M}+/gu;
const CASED_SCRIPT = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{N}]+$/u;

/**
 * What a word is compared by. Accents are dropped where they are spelling (Latin, Greek, Cyrillic) and kept where a mark is a
 * vowel of its own, as in Devanagari or Thai.
 */
export function fold(word: string): string {
  const plain = word.normalize("NFKC").toLowerCase();
  return CASED_SCRIPT.test(plain.normalize("NFD")) ? plain.normalize("NFD").replace(MARK, "") : plain;
}

/** The words and gaps of a text, in reading order; joined they are the text again. */
export function segment(text: string): { text: string; word: boolean }[] {
  return Array.from(SEGMENTER.segment(text), (part) => ({ text: part.segment, word: part.isWordLike === true })).flatMap(
    (part) => (part.word ? splitHandle(part.text) : [part]),
  );
}

/** The pieces of `text` beside `other`. */
export function compare(text: string, other: string): Piece[] {
  const theirs = [...new Set(words(other))];
  const known = new Set(theirs);
  return merge(
    segment(text).map((part) => ({ text: part.text, agreement: part.word ? agreement(fold(part.text), known, theirs) : "gap" })),
  );
}

/** Whether the two texts say the same word for word, whatever case, accents and punctuation. */
export function agrees(text: string, other: string): boolean {
  const mine = words(text);
  const theirs = words(other);
  return mine.length > 0 && mine.join("\u0000") === theirs.join("\u0000");
}

function words(text: string): string[] {
  return segment(text)
    .filter((part) => part.word)
    .map((part) => fold(part.text));
}

/** `maya_cooks` and `maya.cooks` are one word to a segmenter, two to a person. */
function splitHandle(word: string): { text: string; word: boolean }[] {
  return word
    .split(/([_.]+)/u)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, word: !/^[_.]+$/u.test(part) }));
}

function agreement(word: string, known: ReadonlySet<string>, theirs: readonly string[]): Agreement {
  if (known.has(word)) return "same";
  // short words are near to too much
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  return most > 0 && theirs.some((their) => within(word, their, most)) ? "near" : "own";
}

/** Neighbours of one kind become one piece, so that a marked phrase is one mark; a gap between two equal words joins them. */
function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  pieces.forEach((piece, index) => {
    const last = merged.at(-1);
    const next = pieces[index + 1];
    const joins =
      piece.agreement === "gap" && last?.agreement === "same" && next?.agreement === "same" && /^\s+$/u.test(piece.text);
    const kind = joins ? "same" : piece.agreement;
    if (last?.agreement === kind) last.text += piece.text;
    else merged.push({ text: piece.text, agreement: kind });
  });
  return merged;
}

/** Whether at most `most` insertions, deletions or replacements of letters turn one word into the other. */
export function within(one: string, other: string, most: number): boolean {
  const left = Array.from(one);
  const right = Array.from(other);
  if (Math.abs(left.length - right.length) > most) return false;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of left.entries()) {
    const next = [index + 1];
    for (const [at, their] of right.entries()) {
      const above = row[at + 1] ?? 0;
      const before = next[at] ?? 0;
      const across = row[at] ?? 0;
      next.push(Math.min(above + 1, before + 1, across + (letter === their ? 0 : 1)));
    }
    if (Math.min(...next) > most) return false;
    row = next;
  }
  return (row.at(-1) ?? 0) <= most;
}
