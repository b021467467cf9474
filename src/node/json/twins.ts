const quotesIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count += 1;
  return count;
};

/** How many quotation marks a value takes as JSON text. */
const quotesOf = (value: unknown): number => {
  if (typeof value === 'string') return 2 + quotesIn(value);
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const member of value) count += quotesOf(member);
  else for (const [name, member] of Object.entries(value)) count += 2 + quotesIn(name) + quotesOf(member);
  return count;
};

/**
 * Whether a JSON text may say more than the value that was read from it: an object in it has a name twice, of which JSON.parse kept the last.
 * It counts quotation marks, which takes a fraction of the reading.
 */
export const mayHaveTwins = (text: string, value: unknown): boolean => quotesIn(text) !== quotesOf(value);
