import type { Change } from '../../../store/persistence.ts';
import type { RowName } from '../../../store/rows.ts';
import type { Fingerprint } from '../atomic-write.ts';
import {
  FIRST_SUM,
  type Fold,
  isFold,
  isHeader,
  isOverfull,
  type JournalHeader,
  readLine,
  type Sum,
  toEntry,
} from './lines.ts';

/** What stands behind the last whole line of a journal. */
export type Rest = {
  /** The number of the line where it begins, from 1. */
  readonly line: number;
  readonly bytes: number;
  /** Why it is not what was written; undefined when a crash has cut off a commit that nobody was told of. */
  readonly damage: string | undefined;
};

/** A journal as it stands on disk. Each entry is one commit, or several that were made safe together. */
export type JournalText = {
  /** Undefined when not even the first line is whole. */
  readonly header: JournalHeader | undefined;
  readonly entries: readonly (readonly Change[])[];
  readonly folds: readonly Fold[];
  /** How many bytes are whole, and the checksum of these. */
  readonly bytes: number;
  readonly sum: Sum;
  readonly rest: Rest | undefined;
};

const NEWLINE = 10;

const readHeader = (line: Buffer): { readonly header: JournalHeader; readonly sum: Sum } | string => {
  const sealed = readLine(line, FIRST_SUM);
  const first = typeof sealed === 'string' ? readLine(line, undefined) : sealed;
  const version = first === sealed ? 2 : 1;
  if (typeof first === 'string') return first === 'it is not JSON' ? String(sealed) : first;
  if (!isHeader(first.value) || first.value.journal !== version) return 'it is not the beginning of a journal';
  return { header: first.value, sum: first.sum };
};

/** Zeros are what a file system leaves that made room for a write which then never came. */
const withoutZeros = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
};

const toRest = (bytes: Buffer, line: number, mistake: string | undefined): Rest | undefined => {
  if (bytes.length === 0) return undefined;
  const overfull = isOverfull(withoutZeros(bytes)) ? 'it has no end' : undefined;
  return { line, bytes: bytes.length, damage: mistake ?? overfull };
};

/** Reads the bytes of a journal up to the first line that is not whole. */
export const parseJournal = (bytes: Buffer): JournalText => {
  const entries: Change[][] = [];
  const folds: Fold[] = [];
  let header: JournalHeader | undefined;
  let sum: Sum;
  let at = 0;
  let count = 0;

  const take = (line: Buffer): string | undefined => {
    if (!header) {
      const first = readHeader(line);
      if (typeof first === 'string') return first;
      ({ header, sum } = first);
      return undefined;
    }
    const read = readLine(line, sum);
    if (typeof read === 'string') return read;
    const entry = toEntry(read.value);
    if (entry) entries.push(entry);
    else if (isFold(read.value)) folds.push(read.value);
    else return 'it is not a whole entry';
    sum = read.sum;
    return undefined;
  };

  let mistake: string | undefined;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    mistake = take(bytes.subarray(at, end));
    if (mistake !== undefined) break;
    at = end + 1;
    count += 1;
  }
  return { header, entries, folds, bytes: at, sum, rest: toRest(bytes.subarray(at), count + 1, mistake) };
};

/** How a journal belongs to the data file beside it. */
export type Belonging = 'whole' | 'rest' | 'edited' | 'foreign';

/** The entries that the data file does not hold yet, and why these. */
export type Replay = { readonly belonging: Belonging; readonly entries: JournalText['entries'] };

/**
 * Which entries are to be applied to a data file of this content (`null`: there is none).
 *
 * Usually the file is what the entries build on: all apply. If the process died between putting a folded file in place and
 * emptying the journal, the file is what a fold line announces: the entries behind it apply. Otherwise another hand was at
 * work after a crash. If the file still holds at least half of the marks, a person has edited it (or brought back an older
 * version of it): the edit stays, and the entries, which were acknowledged, apply on top of it; where both name a record,
 * the entry wins. If it holds fewer, or there is no file any more, the journal belongs to another file and applies to nothing.
 */
export const toReplay = (
  { base, marks }: JournalHeader,
  { entries, folds }: JournalText,
  fingerprint: Fingerprint | null,
  has: (name: RowName) => boolean,
): Replay => {
  const fold = folds.findLast(({ into }) => into === fingerprint);
  if (fold) return { belonging: 'rest', entries: entries.slice(fold.entries) };
  if (base === fingerprint) return { belonging: 'whole', entries };
  const known = marks.filter(has).length;
  const isSame = fingerprint !== null && known > 0 && known * 2 >= marks.length;
  return isSame ? { belonging: 'edited', entries } : { belonging: 'foreign', entries: [] };
};
