import { open, readFile } from 'node:fs/promises';
import { UserError } from '../../../parse/user-error.ts';
import { codeOf, fileError } from '../../json/file-error.ts';
import { keepAside, moveAside } from '../set-aside.ts';
import { type JournalText, parseJournal } from './text.ts';

const readBytes = async (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  });

const hintFor = (commits: number): string => {
  if (commits === 0)
    return 'No commit stands before it: start with --repair to set the journal aside and begin without it';
  const [what, them] = commits === 1 ? ['commit before it is', 'it'] : [`${commits} commits before it are`, 'them'];
  return `The ${what} whole: start with --repair to keep ${them} and set the rest aside`;
};

/** Reads the journal at the path; undefined when there is none. Throws an error that says where it is damaged, if it is. */
export const readJournal = async (path: string): Promise<JournalText | undefined> => {
  const bytes = await readBytes(path);
  const journal = bytes && parseJournal(bytes);
  if (journal?.rest?.damage === undefined) return journal;
  const { entries, rest } = journal;
  throw new UserError(`Failed to read ${path}: line ${rest.line}: ${rest.damage}. ${hintFor(entries.length)}`);
};

/** Says that the end of a journal was left out, which nobody may be surprised by. */
export const tornSentence = (path: string, { rest }: JournalText): string =>
  `${path}: line ${rest?.line} is not whole: a crash has cut it. Its ${rest?.bytes} bytes were left out; nobody was told that they are safe`;

const cut = async (path: string, length: number): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(length);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Makes a damaged journal one that can be read: what stands before the damage stays, the rest is set aside. A journal that is
 * whole stays as it is.
 */
export const repairJournal = async (path: string, warn: (message: string) => void): Promise<void> => {
  const bytes = await readBytes(path);
  const journal = bytes && parseJournal(bytes);
  if (!bytes || journal?.rest?.damage === undefined) return;
  const aside = journal.header ? await keepAside(path, journal.bytes) : await moveAside(path);
  if (journal.header) await cut(path, journal.bytes);
  const { line, damage } = journal.rest;
  const kept = journal.entries.length === 1 ? '1 commit' : `${journal.entries.length} commits`;
  warn(
    `${path}: line ${line}: ${damage}. What stands before it was kept (${kept}); the rest was set aside as ${aside}`,
  );
};
