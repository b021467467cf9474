import { type BigIntStats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isObject } from '../../parse/record.ts';
import type { Snapshot } from '../../store/persistence.ts';
import { codeOf, fileError } from '../json/file-error.ts';
import { type JsonPath, placeOf } from '../json/place.ts';
import { mistakeIn, parseJson, withoutMark } from '../json/text.ts';
import { type Fingerprint, toFingerprint } from './atomic-write.ts';
import { readOwnLayout } from './own-layout.ts';

/** What a data file held: its records, and the fingerprint of its bytes. */
export type FileContent = { readonly snapshot: Snapshot; readonly fingerprint: Fingerprint };

/** Which file stands at a path, and in which state: `key` changes when a person saves it. */
export type FileIdentity = { readonly key: string; readonly size: number };

type Shape = { readonly path: JsonPath; readonly message: string };

const shapeOfClass = (className: string, rows: unknown): Shape | undefined => {
  if (!Array.isArray(rows)) return { path: [className], message: `${className} must be a list of objects` };
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const at = `${className}[${index}]`;
    if (!isObject(row)) return { path: [className, index], message: `${at} must be an object` };
    const objectId = row['objectId'];
    if (objectId === undefined) continue; // a row that a person added; the emulator gives it an id
    if (typeof objectId !== 'string')
      return { path: [className, index, 'objectId'], message: `${at}.objectId must be text` };
    // Keeping one of the two would lose the other at the next write.
    if (seen.has(objectId)) {
      const twin = rows.findIndex((other) => isObject(other) && other['objectId'] === objectId);
      const message = `${at}.objectId "${objectId}" is also that of ${className}[${twin}]`;
      return { path: [className, index, 'objectId'], message };
    }
    seen.add(objectId);
  }
  return undefined;
};

const shapeOf = (value: unknown): Shape | undefined => {
  if (!isObject(value)) return { path: [], message: 'it must hold an object: { "_User": [...] }' };
  for (const [className, rows] of Object.entries(value)) {
    const wrong = shapeOfClass(className, rows);
    if (wrong) return wrong;
  }
  return undefined;
};

/** The snapshot in a text. Throws an error that names the file and the place when it holds none. */
export const toSnapshot = (path: string, text: string): Snapshot => {
  const json = withoutMark(text);
  if (json.trim() === '') throw mistakeIn(path, 'it is empty. Delete it to begin with no users, or write {} into it');
  const value = parseJson(path, json);
  const wrong = shapeOf(value);
  if (wrong) throw mistakeIn(path, wrong.message, placeOf(json, wrong.path));
  return value as Snapshot; // shapeOf has looked
};

/** Reads a data file; null when there is none. Throws an error when it is not a snapshot. */
export const readSnapshotFile = async (path: string): Promise<FileContent | null> => {
  const own = await readOwnLayout(path);
  if (own && !shapeOf(own.value)) return { snapshot: own.value as Snapshot, fingerprint: own.fingerprint };
  const bytes = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw fileError('read', path, error);
  });
  return bytes && { snapshot: toSnapshot(path, bytes.toString('utf8')), fingerprint: toFingerprint(bytes) };
};

/** Which file a look at it tells of. */
export const toIdentity = ({ dev, ino, size, mtimeNs }: BigIntStats): FileIdentity => ({
  key: `${dev}:${ino}:${size}:${mtimeNs}`,
  size: Number(size),
});

/** Which file stands at the path now; undefined when there is none. */
export const identify = async (path: string): Promise<FileIdentity | undefined> => {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && toIdentity(found);
};

/** The same at once, for those between whose look and act nobody may come. */
export const identifyNow = (path: string): FileIdentity | undefined => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && toIdentity(found);
};

const ROWS_AT_ONCE = 250;

/** The text of `JSON.stringify(snapshot, null, 2)` in pieces, so that no request waits until all of a large one is made. */
export function* toJsonChunks(snapshot: Snapshot): Generator<string, void, void> {
  let opened = '{';
  for (const [className, rows] of Object.entries(snapshot)) {
    yield `${opened}\n  ${JSON.stringify(className)}: [`;
    opened = ',';
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const text = JSON.stringify([rows.slice(from, from + ROWS_AT_ONCE)], null, 2); // twice as deep, as it will stand
      yield `${from === 0 ? '' : ','}${text.slice('[\n  ['.length, -'\n  ]\n]'.length)}`;
    }
    yield rows.length > 0 ? '\n  ]' : ']';
  }
  yield opened === '{' ? '{}\n' : '\n}\n';
}
