import { isObject, type JsonObject } from '../../../parse/record.ts';
import type { Remote } from '../remote.ts';

type Row = { readonly objectId: string };

const isRow = (value: unknown): value is Row => isObject(value) && typeof value['objectId'] === 'string';

const find = async (remote: Remote, className: string, where: JsonObject): Promise<readonly Row[]> => {
  const { results } = await remote.get(`/classes/${className}`, {
    where: JSON.stringify(where),
    keys: 'objectId',
    limit: '1000',
  });
  return Array.isArray(results) ? results.filter(isRow) : [];
};

const remove = async (remote: Remote, className: string, where: JsonObject): Promise<void> => {
  for (const { objectId } of await find(remote, className, where))
    await remote.send('DELETE', `/classes/${className}/${objectId}`);
};

const endSessions = (remote: Remote, objectId: string): Promise<void> =>
  remove(remote, '_Session', { user: { __type: 'Pointer', className: '_User', objectId } });

/** What a play made: it all begins with its prefix. */
export type Made = {
  readonly prefix: string;
  readonly className: string;
  /** The ids of its users, those that it has deleted included. */
  readonly users: readonly string[];
};

const dropClass = async (remote: Remote, className: string): Promise<void> => {
  if (!(await remote.find(`/schemas/${className}`))) return;
  await remove(remote, className, {});
  await remote.send('DELETE', `/schemas/${className}`);
};

/**
 * Takes away what a play made on a server, and nothing else. Returns what could not be taken away, a message each: one failure does not
 * leave the rest behind.
 */
export const cleanUp = async (remote: Remote, { prefix, className, users }: Made): Promise<readonly string[]> => {
  const failures: string[] = [];
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => failures.push(error instanceof Error ? error.message : String(error)));
  };
  const ours = { $regex: `^${prefix}` };
  let present: readonly Row[] = [];
  await attempt(async () => {
    present = await find(remote, '_User', { username: ours });
  });
  const all = new Set([...users, ...present.map(({ objectId }) => objectId)]);
  for (const objectId of all) await attempt(() => endSessions(remote, objectId));
  for (const { objectId } of present) await attempt(() => remote.send('DELETE', `/users/${objectId}`));
  await attempt(() => remove(remote, '_Role', { name: ours }));
  for (const name of ['', 'Nothing', 'Other']) await attempt(() => dropClass(remote, `${className}${name}`)); // a server may let clients make classes
  return failures;
};
