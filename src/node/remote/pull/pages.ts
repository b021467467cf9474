import { isObject, type JsonObject } from '../../../parse/record.ts';
import { badAnswer } from '../failures.ts';
import type { Remote } from '../remote.ts';

/** A row as REST has it. */
export type Row = JsonObject & { readonly objectId: string };

/** How many rows come at once, which bounds the memory that a pull takes. */
const PAGE = 250;

/** How many ids are asked for at once: they stand in an address. */
const CHUNK = 100;

const isRow = (value: unknown): value is Row => isObject(value) && typeof value['objectId'] === 'string';

const ask = async (remote: Remote, className: string, query: { readonly [name: string]: string }): Promise<Row[]> => {
  const path = `/classes/${className}`;
  const { results } = await remote.get(path, query);
  if (Array.isArray(results) && results.every(isRow)) return results;
  throw badAnswer(`${remote.url}${path}`, 'it answers no list of objects');
};

/** How many rows a class has. */
export const countRows = async (remote: Remote, className: string): Promise<number> => {
  const { count } = await remote.get(`/classes/${className}`, { count: '1', limit: '0' });
  return typeof count === 'number' ? count : 0;
};

/** The rows of a class in the order of their ids, `most` of them, page by page. `where` narrows them. */
export async function* pagesOf(
  remote: Remote,
  className: string,
  most: number,
  where: JsonObject = {},
  keys?: string,
): AsyncGenerator<readonly Row[], void> {
  let last = '';
  for (let left = most; left > 0; ) {
    const after = last === '' ? where : { ...where, objectId: { $gt: last } };
    const page = await ask(remote, className, {
      where: JSON.stringify(after),
      order: 'objectId',
      limit: String(Math.min(PAGE, left)),
      ...(keys && { keys }),
    });
    const next = page.at(-1)?.objectId;
    if (next === undefined) return; // a server may give fewer than it was asked for, and still have more
    if (next === last) throw badAnswer(`${remote.url}/classes/${className}`, 'it gives the same rows again and again');
    last = next;
    left -= page.length;
    yield page.slice(0, Math.max(0, left + page.length));
  }
}

/** The rows of these ids, as far as they are there, page by page. */
export async function* rowsById(
  remote: Remote,
  className: string,
  ids: readonly string[],
): AsyncGenerator<readonly Row[], void> {
  for (let at = 0; at < ids.length; at += CHUNK) {
    const where = { objectId: { $in: ids.slice(at, at + CHUNK) } };
    yield await ask(remote, className, { where: JSON.stringify(where), limit: String(CHUNK) });
  }
}
