const SECONDS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['yr yrs year years', 365 * 24 * 60 * 60],
      ['wk wks week weeks', 7 * 24 * 60 * 60],
      ['d day days', 24 * 60 * 60],
      ['hr hrs hour hours', 60 * 60],
      ['min mins minute minutes', 60],
      ['sec secs second seconds', 1],
    ] as const
  ).flatMap(([names, seconds]) => names.split(' ').map((name) => [name, seconds] as const)),
);

type Problem = { readonly problem: string };

const secondsIn = (number: string, unit: string): number | Problem => {
  const count = Number(number);
  if (!Number.isInteger(count)) return { problem: `'${number}' is not an integer.` };
  const seconds = SECONDS.get(unit);
  return seconds === undefined ? { problem: `Invalid interval: '${unit}'` } : count * seconds;
};

const distanceIn = (words: readonly string[]): number | Problem => {
  if (words.length % 2 !== 0) return { problem: 'Invalid time string. Dangling unit or number.' };
  let seconds = 0;
  for (let place = 0; place < words.length; place += 2) {
    const more = secondsIn(words[place] ?? '', words[place + 1] ?? '');
    if (typeof more !== 'number') return more;
    seconds += more;
  }
  return seconds * 1000;
};

/**
 * The moment that a text of `$relativeTime` means: `now`, `in 3 days`, `1 week 2 hours ago`, in any letter case. A moment is in
 * milliseconds since 1970; what is wrong with any other text is told in Parse's words.
 */
export const momentIn = (text: string, now: number): number | Problem => {
  const said = text.toLowerCase();
  if (said === 'now') return now;
  const words = said.split(' ').filter((word) => word !== '');
  const [isFuture, isPast] = [words[0] === 'in', words.at(-1) === 'ago'];
  if (!isFuture && !isPast) return { problem: "Time should either start with 'in' or end with 'ago'" };
  if (isFuture && isPast) return { problem: "Time cannot have both 'in' and 'ago'" };
  const distance = distanceIn(isFuture ? words.slice(1) : words.slice(0, -1));
  if (typeof distance !== 'number') return distance;
  return isFuture ? now + distance : now - distance;
};
