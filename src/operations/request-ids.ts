import { ParseError } from '../parse/error.ts';
import { fromDate, type ParseRecord, toDate } from '../parse/record.ts';
import { compilePattern } from '../parse/regex/regex.ts';
import type { Transaction } from '../store/store.ts';
import type { Context } from './context.ts';

const SEEN_CLASS = '_Idempotency';
const TTL = 300;

const isNamed = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => compilePattern(pattern.startsWith('^') ? pattern : `^${pattern}`, '').test(path));

const isOver = (seen: ParseRecord, now: number): boolean => (fromDate(seen['expire']) ?? 0) <= now;

/** Ids were seen in the order in which they are forgotten. */
const forget = (transaction: Transaction, now: number): void => {
  for (const seen of [...transaction.all(SEEN_CLASS)]) {
    if (!isOver(seen, now)) return;
    transaction.delete(SEEN_CLASS, seen.objectId);
  }
};

/**
 * Uses up the id of a request, for the paths of the option `idempotencyOptions`; all paths share their ids. `path` is that below
 * the mount path. Throws 159 for an id that was used in the last `ttl` seconds, whatever came of that request.
 */
export const useRequestId = (requestId: string | undefined, path: string, context: Context): void => {
  const { paths = [], ttl = TTL } = context.options.idempotencyOptions ?? {};
  if (!requestId || !isNamed(path.replace(/^\//, ''), paths)) return;
  const now = context.clock.now();
  context.store.transact((transaction) => {
    const seen = transaction.get(SEEN_CLASS, requestId);
    if (seen && !isOver(seen, now)) throw new ParseError('DUPLICATE_REQUEST', 'Duplicate request');
    forget(transaction, now);
    const at = new Date(now).toISOString();
    const dates = { createdAt: at, updatedAt: at, expire: toDate(now + ttl * 1000) };
    transaction.put(SEEN_CLASS, { objectId: requestId, reqId: requestId, ...dates } as unknown as ParseRecord);
  });
};
