const BLANK = /[\s,]*/y;

const blankEnd = (text: string, from: number): number => {
  BLANK.lastIndex = from;
  return from + (BLANK.exec(text)?.[0].length ?? 0);
};

/** Where the line ends that each place stands in. */
const createLineEnds = (text: string): ((place: number) => number) => {
  const ends = Array.from(text.matchAll(/[\n\r]|$/g), ({ index }) => index);
  return (place) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return ends[low] ?? text.length;
  };
};

/**
 * Skips what GraphQL does not look at: white space, commas and comments. Returns where it ends. Whatever was skipped once is
 * remembered, so that skipping from every place of a text takes no longer than a few readings of it.
 */
export const createSkip = (text: string): ((from: number) => number) => {
  const skipped = new Map<number, number>();
  let lineEnd: ((place: number) => number) | undefined;
  return (from) => {
    const passed: number[] = [];
    let at = from;
    while (!skipped.has(at)) {
      passed.push(at);
      at = blankEnd(text, at);
      if (text[at] !== '#') skipped.set(at, at);
      else {
        lineEnd ??= createLineEnds(text);
        at = lineEnd(at);
      }
    }
    const end = skipped.get(at) ?? at;
    for (const place of passed) skipped.set(place, end);
    return end;
  };
};
