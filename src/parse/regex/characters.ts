/** Whether a code point is one of a set. */
export type Characters = (code: number) => boolean;

/** The code points from one to another, both included. */
export const range =
  (first: number, last: number): Characters =>
  (code) =>
    code >= first && code <= last;

/** The code points of any of the sets. */
export const anyOf =
  (sets: readonly Characters[]): Characters =>
  (code) =>
    sets.some((accepts) => accepts(code));

/** The code points that are not in the set. */
export const not =
  (accepts: Characters): Characters =>
  (code) =>
    !accepts(code);

/** One code point. */
export const only =
  (wanted: number): Characters =>
  (code) =>
    code === wanted;

const oneOf = (text: string): Characters => {
  const codes = new Set([...text].map((character) => character.codePointAt(0)));
  return (code) => codes.has(code);
};

const digit = range(48, 57);
const upper = range(65, 90);
const lower = range(97, 122);
const letter = anyOf([upper, lower]);
const word = anyOf([letter, digit, only(95)]);
const space = anyOf([range(9, 13), only(32)]);
const horizontal = oneOf(
  '\t \u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
);
const vertical = oneOf('\n\v\f\r\u0085\u2028\u2029');
const graph = range(33, 126);

/** Whether a code point counts as part of a word for `\w` and `\b`. */
export const isWord: Characters = word;

/** The sets that an escaped letter stands for. Like MongoDB's, they know ASCII only. */
export const ESCAPED_SETS: { readonly [letter: string]: Characters } = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
  h: horizontal,
  H: not(horizontal),
  v: vertical,
  V: not(vertical),
  N: not(only(10)),
};

/** The sets of `[[:alpha:]]` and its like. */
export const POSIX_SETS: { readonly [name: string]: Characters } = {
  alpha: letter,
  digit,
  alnum: anyOf([letter, digit]),
  upper,
  lower,
  space,
  blank: anyOf([only(9), only(32)]),
  punct: (code) => graph(code) && !letter(code) && !digit(code),
  graph,
  print: range(32, 126),
  cntrl: anyOf([range(0, 31), only(127)]),
  xdigit: anyOf([digit, range(65, 70), range(97, 102)]),
  word,
  ascii: range(0, 127),
};

const codeOf = (text: string, code: number): number =>
  text.length === String.fromCodePoint(code).length ? (text.codePointAt(0) ?? code) : code;

/** Lets a set pass letters of the other case, too. */
export const inAnyCase =
  (accepts: Characters): Characters =>
  (code) => {
    if (accepts(code)) return true;
    const character = String.fromCodePoint(code);
    return accepts(codeOf(character.toLowerCase(), code)) || accepts(codeOf(character.toUpperCase(), code));
  };

/** Makes a set that is asked often quick to answer for ASCII. */
export const quick = (accepts: Characters): Characters => {
  const known = Uint8Array.from({ length: 128 }, (_, code) => Number(accepts(code)));
  return (code) => (code < 128 ? known[code] === 1 : accepts(code));
};

/** The code points of a Unicode property, such as `Lu` or `Greek`; undefined when there is none of that name. */
export const propertySet = (name: string): Characters | undefined => {
  for (const property of [name, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u');
      return (code) => pattern.test(String.fromCodePoint(code));
    } catch {
      // not a name of this kind
    }
  }
  return undefined;
};
