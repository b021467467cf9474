import { isObject, type Json } from '../../parse/record.ts';
import type { Change } from '../../store/persistence.ts';
import type { RowName } from '../../store/rows.ts';
import type { Fingerprint } from './atomic-write.ts';

/** The first line of a journal: which content of the data file the entries build on; `null` is no file. */
export type JournalHeader = {
  readonly journal: 1;
  readonly base: Fingerprint | null;
  /** Some records of that content, by which it is known again after a person has edited it. */
  readonly marks: readonly RowName[];
};

/** A line that says: the file that is about to take the old one's place holds this many of the entries before. */
export type Fold = { readonly into: Fingerprint; readonly entries: number };

/** A journal as it stands on disk. Each entry is one commit, or several that were made safe together. */
export type JournalText = {
  readonly header: JournalHeader;
  readonly entries: readonly (readonly Change[])[];
  readonly folds: readonly Fold[];
  /** How many bytes are whole; what stands behind them is torn. */
  readonly bytes: number;
};

/** One line for the changes of a commit. */
export const toEntryLine = (changes: readonly Change[]): string =>
  `${JSON.stringify(changes.map(({ className, objectId, record }) => [className, objectId, record]))}\n`;

/** The first line of a journal. */
export const toHeaderLine = (header: JournalHeader): string => `${JSON.stringify(header)}\n`;

/** The line that says that the journal was folded into the file. */
export const toFoldLine = (fold: Fold): string => `${JSON.stringify(fold)}\n`;

const toChange = (value: Json): Change | undefined => {
  if (!Array.isArray(value)) return undefined;
  const [className, objectId, record] = value;
  if (typeof className !== 'string' || typeof objectId !== 'string') return undefined;
  if (record !== null && !isObject(record)) return undefined;
  return { className, objectId, record };
};

const toEntry = (value: Json): Change[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const changes = value.flatMap((member) => toChange(member) ?? []);
  return changes.length === value.length ? changes : undefined;
};

const isHeader = (value: unknown): value is JournalHeader =>
  isObject(value) && value['journal'] === 1 && value['base'] !== undefined && Array.isArray(value['marks']);

const isFold = (value: unknown): value is Fold =>
  isObject(value) && typeof value['into'] === 'string' && typeof value['entries'] === 'number';

const parseLine = (line: string): Json | undefined => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/**
 * What the text of a journal says; undefined when it holds nothing yet. A last line that is not whole belongs to a commit
 * that nobody was told of, and falls away. Any other mistake is refused, since what was acknowledged may stand behind it.
 */
export const parseJournal = (path: string, text: string): JournalText | undefined => {
  const refuse = (line: number, reason: string): never => {
    throw new Error(`Failed to read ${path}: line ${line}: ${reason}. Move this file away to begin without it`);
  };
  const lines = text.split('\n');
  const whole = lines.slice(0, -1); // what stands behind the last line's end is torn, or empty
  const entries: Change[][] = [];
  const folds: Fold[] = [];
  let header: JournalHeader | undefined;
  let bytes = 0;
  for (const [index, line] of whole.entries()) {
    const value = parseLine(line);
    const entry = value === undefined ? undefined : toEntry(value);
    if (index === 0 && isHeader(value)) header = value;
    else if (header && entry) entries.push(entry);
    else if (header && isFold(value)) folds.push(value);
    else if (header && index === whole.length - 1 && lines.at(-1) === '') break;
    else refuse(index + 1, header ? 'it is no whole entry' : 'it is not the beginning of a journal');
    bytes += Buffer.byteLength(line) + 1;
  }
  return header && { header, entries, folds, bytes };
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
  { header, entries, folds }: JournalText,
  fingerprint: Fingerprint | null,
  has: (name: RowName) => boolean,
): Replay => {
  const fold = folds.findLast(({ into }) => into === fingerprint);
  if (fold) return { belonging: 'rest', entries: entries.slice(fold.entries) };
  if (header.base === fingerprint) return { belonging: 'whole', entries };
  const known = header.marks.filter(has).length;
  const isSame = fingerprint !== null && known > 0 && known * 2 >= header.marks.length;
  return isSame ? { belonging: 'edited', entries } : { belonging: 'foreign', entries: [] };
};
