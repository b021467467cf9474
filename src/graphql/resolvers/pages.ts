import { ParseError } from '../../parse/error.ts';

const PREFIX = 'arrayconnection:';

/** The place of an object in its list, as Relay's cursors carry it. */
export const toCursor = (offset: number): string => btoa(`${PREFIX}${offset}`);

const fromCursor = (cursor: string): number => {
  try {
    const text = atob(cursor);
    return text.startsWith(PREFIX) ? Number.parseInt(text.slice(PREFIX.length), 10) : Number.NaN;
  } catch {
    return Number.NaN;
  }
};

/** The arguments of a list. */
export type PageArguments = {
  readonly skip?: number | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
};

/** Which part of a list is wanted. `counts` says that its end must be known before its part can be. */
export type Page = { readonly skip: number | undefined; readonly limit: number | undefined; readonly counts: boolean };

const refuse = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

const amount = (name: string, value: number | null | undefined): number | undefined => {
  if (value === undefined || value === null) return undefined;
  if (value < 0) throw refuse(`${name} should be a positive number`);
  return value;
};

const place = (name: string, cursor: string | null | undefined): number | undefined => {
  if (!cursor) return undefined;
  const offset = fromCursor(cursor);
  if (Number.isNaN(offset) || offset < 0) throw refuse(`${name} is not a valid cursor`);
  return offset;
};

const endAt = (skip: number, limit: number | undefined, before: number | undefined): number | undefined => {
  if (before === undefined) return limit;
  if (skip >= before) return 0;
  return limit === undefined || skip + limit > before ? before - skip : limit;
};

/**
 * Skip and limit from the arguments of a list: `skip` and `after` add up, `before` cuts off, and `last` takes from the end, for
 * which the list must be counted when nothing else says where it ends. Throws 102 for a bad number or cursor.
 */
export const toPage = (
  { skip: skipInput, first, after, last: lastInput, before }: PageArguments,
  maxLimit: number | undefined,
): Page => {
  const skipped = amount('Skip', skipInput);
  const afterOffset = place('After', after);
  const skip = afterOffset === undefined ? skipped : (skipped ?? 0) + afterOffset + 1;
  const limit = endAt(skip ?? 0, amount('First', first), place('Before', before));
  const wanted = amount('Last', lastInput);
  if (wanted === undefined) return { skip, limit, counts: false };
  const last = maxLimit === undefined ? wanted : Math.min(wanted, maxLimit);
  if (limit !== undefined) {
    return last < limit
      ? { skip: (skip ?? 0) + limit - last, limit: last, counts: false }
      : { skip, limit, counts: false };
  }
  return last === 0 ? { skip, limit: 0, counts: false } : { skip, limit: last, counts: true };
};
