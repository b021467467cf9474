import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Snapshot } from '../../store/persistence.ts';
import { marksOf, Rows } from '../../store/rows.ts';
import { codeOf, fileError } from '../json/file-error.ts';
import type { Fingerprint } from './atomic-write.ts';
import { readGapped } from './in-place/gapped-content.ts';
import { emptyJournal, type JournalState } from './journal/journal.ts';
import type { JournalHeader } from './journal/lines.ts';
import { readJournal, tornSentence } from './journal/repair.ts';
import { type JournalText, type Replay, toReplay } from './journal/text.ts';
import { type FileContent, type FileIdentity, identify, readSnapshotFile } from './snapshot-file.ts';

/** The content of the data file that a state builds on. */
export type Base = { readonly fingerprint: Fingerprint | null; readonly identity: FileIdentity | undefined };

/** What a data file and its journal say together. */
export type FileState = {
  readonly base: Base;
  /** How a journal on that content begins. */
  readonly header: JournalHeader;
  readonly rows: Rows;
  /** The journal as it stands, and which of its entries the rows took in. */
  readonly journal: JournalText | undefined;
  readonly replay: Replay | undefined;
};

/** Where the journal of a data file stands. */
export const journalOf = (path: string): string => `${path}.journal`;

/** The file itself, where the path is a link to it: a rename in place of the link would leave the file as it is. */
export const resolveLink = async (path: string): Promise<string> => {
  const target = await readlink(path).catch(() => undefined);
  if (target === undefined) return resolve(path);
  return realpath(path).catch((error: unknown) => {
    if (codeOf(error) === 'ELOOP') throw fileError('open', path, error);
    return resolveLink(resolve(dirname(path), target));
  });
};

const toHeader = (content: FileContent | null): JournalHeader => ({
  journal: 2,
  base: content?.fingerprint ?? null,
  marks: marksOf(content?.snapshot ?? null),
});

/** How a journal is carried on that was read, or begun with that header. */
export const toJournalState = (header: JournalHeader, journal: JournalText | undefined): JournalState =>
  journal?.header
    ? { header: journal.header, entries: journal.entries.length, bytes: journal.bytes, sum: journal.sum }
    : emptyJournal(header);

const toReplayOn = (
  rows: Rows,
  content: FileContent | null,
  journal: JournalText | undefined,
  hasGap: boolean,
): Replay | undefined => {
  if (!journal?.header) return undefined;
  if (hasGap) return { belonging: 'whole', entries: journal.entries }; // some stand in it already, and apply again
  return toReplay(journal.header, journal, content?.fingerprint ?? null, (name) => rows.has(name));
};

/** Reads a data file and its journal and changes neither. Throws an error when one of them cannot be read. */
export const readFileState = async (path: string): Promise<FileState> => {
  const journal = await readJournal(journalOf(path));
  const identity = await identify(path);
  const gapped = await readGapped(path);
  const content = gapped ?? (await readSnapshotFile(path));
  const rows = new Rows(content?.snapshot ?? null);
  const replay = toReplayOn(rows, content, journal, gapped !== undefined);
  for (const entry of replay?.entries ?? []) rows.apply(entry);
  return {
    base: { fingerprint: content?.fingerprint ?? null, identity },
    header: toHeader(content),
    rows,
    journal,
    replay,
  };
};

/** Says what was left out at the end of a journal, if anything was. */
export const tellTorn = (path: string, { journal }: FileState, warn: (message: string) => void): void => {
  if (journal?.rest) warn(tornSentence(journalOf(path), journal));
};

/** The state that a data file holds, also while another process writes it; null when there is none. */
export const readState = async (path: string, warn: (message: string) => void): Promise<Snapshot | null> => {
  const file = await resolveLink(path);
  let state = await readFileState(file);
  // A fold between the two readings makes a journal look foreign.
  for (let round = 0; round < 3 && state.replay?.belonging === 'foreign'; round += 1) state = await readFileState(file);
  tellTorn(file, state, warn);
  return state.base.fingerprint === null && !state.replay?.entries.length ? null : state.rows.snapshot();
};
