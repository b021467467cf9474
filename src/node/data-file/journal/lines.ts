import { crc32 } from 'node:zlib';
import { isObject, type Json } from '../../../parse/record.ts';
import type { Change } from '../../../store/persistence.ts';
import type { RowName } from '../../../store/rows.ts';
import type { Fingerprint } from '../atomic-write.ts';

/** The first line of a journal: which content of the data file the entries build on; `null` is no file. */
export type JournalHeader = {
  /** 1: the lines have no checksums, as they were written at first. */
  readonly journal: 1 | 2;
  readonly base: Fingerprint | null;
  /** Some records of that content, by which it is known again after a person has edited it. */
  readonly marks: readonly RowName[];
};

/** A line that says: the file that is about to take the old one's place holds this many of the entries before. */
export type Fold = {
  readonly into: Fingerprint;
  readonly entries: number;
  /** The file cannot be replaced: it is about to be written over with its draft, which stands beside it until that is done. */
  readonly copied?: true;
};

/** The checksum of a journal so far, which the next line carries on; undefined where lines have none. */
export type Sum = number | undefined;

/** What a journal begins with, before any line. */
export const FIRST_SUM = 0;

/** The JSON for the changes of a commit. */
export const toEntryJson = (changes: readonly Change[]): string =>
  JSON.stringify(changes.map(({ className, objectId, record }) => [className, objectId, record]));

const toSeal = (sum: number): string => `\t${sum.toString(16).padStart(8, '0')}`;

const SEAL_LENGTH = toSeal(0).length;

/** The byte before a checksum. JSON has none of its kind. */
const SEAL_START = 9;

/**
 * The lines of a journal for pieces of JSON: each ends in the checksum of all that the journal holds up to there, so that a
 * byte that is not as it was written is found, and so is a line that is missing, moved or there twice.
 */
export const toLines = (jsons: readonly string[], before: Sum): { readonly text: string; readonly sum: Sum } => {
  if (before === undefined) return { text: jsons.map((json) => `${json}\n`).join(''), sum: undefined };
  let sum = before;
  let text = '';
  for (const json of jsons) {
    sum = crc32(json, sum);
    text += `${json}${toSeal(sum)}\n`;
  }
  return { text, sum };
};

/** The JSON of a line without its checksum, which is not looked at. */
export const toJson = (line: string): string => line.split('\t', 1)[0] ?? '';

/** What a line says, and the checksum up to its end. */
export type Line = { readonly value: Json; readonly sum: Sum };

const parse = (json: Buffer, sum: Sum): Line | string => {
  try {
    return { value: JSON.parse(json.toString('utf8')), sum };
  } catch {
    return 'it is not JSON';
  }
};

/** Reads a line, or says why it is not what was written. */
export const readLine = (line: Buffer, before: Sum): Line | string => {
  if (before === undefined) return parse(line, undefined);
  const json = line.subarray(0, Math.max(0, line.length - SEAL_LENGTH));
  const sum = crc32(json, before);
  return line.toString('latin1', json.length) === toSeal(sum) ? parse(json, sum) : 'its checksum does not match';
};

/** Whether a line stands there whole with something behind it, but no end of the line. */
export const isOverfull = (rest: Buffer): boolean => {
  const start = rest.indexOf(SEAL_START);
  return start !== -1 && rest.length > start + SEAL_LENGTH;
};

const toChange = (value: Json): Change | undefined => {
  if (!Array.isArray(value)) return undefined;
  const [className, objectId, record] = value;
  if (typeof className !== 'string' || typeof objectId !== 'string') return undefined;
  if (record !== null && !isObject(record)) return undefined;
  return { className, objectId, record };
};

/** The changes of a commit; undefined for any other line. */
export const toEntry = (value: Json): Change[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const changes = value.flatMap((member) => toChange(member) ?? []);
  return changes.length === value.length ? changes : undefined;
};

/** Whether a value is the first line of a journal. */
export const isHeader = (value: unknown): value is JournalHeader =>
  isObject(value) &&
  (value['journal'] === 1 || value['journal'] === 2) &&
  value['base'] !== undefined &&
  Array.isArray(value['marks']);

/** Whether a value is the line of a fold. */
export const isFold = (value: unknown): value is Fold =>
  isObject(value) && typeof value['into'] === 'string' && typeof value['entries'] === 'number';
