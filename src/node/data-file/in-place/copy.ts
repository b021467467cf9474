import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf } from '../../json/file-error.ts';
import { draftOf, fingerprintOf, swapIn } from '../atomic-write.ts';
import { readJournal } from '../journal/repair.ts';
import { keepAside } from '../set-aside.ts';
import { type FileIdentity, identifyNow, readSnapshotFile, toIdentity } from '../snapshot-file.ts';

/** Says that the file is now going to be written over, piece by piece, with its draft. */
export type AnnounceCopy = () => Promise<void>;

/** A file that is mounted by itself, as containers do it, can be written, but no other can take its place. */
const isMounted = (error: unknown): boolean => ['EBUSY', 'EXDEV'].includes(codeOf(error) ?? '');

/** Writes the draft over the file. A crash under way leaves a mixture of both, and the draft, from which it is finished. */
export const copyDraft = async (path: string): Promise<FileIdentity> => {
  const handle = await open(path, 'r+');
  try {
    let length = 0;
    for await (const piece of createReadStream(draftOf(path))) {
      for (let done = 0; done < piece.length; ) {
        const { bytesWritten } = await handle.write(piece, done, piece.length - done, length + done);
        done += bytesWritten;
      }
      length += piece.length;
    }
    await handle.truncate(length);
    await handle.sync();
    return toIdentity(await handle.stat({ bigint: true }));
  } finally {
    await handle.close();
  }
};

/**
 * Puts the draft in place of the file that `before` identifies or, where that cannot be, writes it over the file. Returns
 * which file stands there then; undefined when another one did at the last moment.
 */
export const replaceFile = async (
  path: string,
  before: FileIdentity | undefined,
  announceCopy: AnnounceCopy,
): Promise<FileIdentity | undefined> => {
  let identity: FileIdentity | undefined;
  const isExpected = (draft: string): boolean => {
    identity = identifyNow(draft); // as it will stand: afterwards somebody may have saved the file already
    return [undefined, before?.key].includes(identifyNow(path)?.key);
  };
  try {
    return (await swapIn(path, isExpected)) ? identity : undefined;
  } catch (error) {
    if (!isMounted(error)) throw error;
  }
  if (!isExpected(draftOf(path))) return undefined;
  await announceCopy();
  return copyDraft(path);
};

/** Whether the file is neither what it was nor what was to become of it, as the journal has it. */
const isMixture = async (path: string, journal: string): Promise<boolean> => {
  const { header, folds = [] } = (await readJournal(journal)) ?? {};
  const copied = folds.filter((fold) => fold.copied).map(({ into }) => into);
  if (copied.length === 0) return false;
  const found = await fingerprintOf(path);
  const isKnown = found === null || found === header?.base || copied.includes(found);
  return !isKnown && copied.includes((await fingerprintOf(draftOf(path))) ?? '');
};

/** Finishes what a crash has left half done: a file that its draft was being written over. */
export const finishCopy = async (path: string, journal: string, warn: (message: string) => void): Promise<void> => {
  if (!(await isMixture(path, journal))) return;
  // A person may have been at work since; a mixture that happens to be a snapshot is kept, too.
  if (await readSnapshotFile(path).catch(() => null)) {
    warn(`${path} was being written when the emulator died. What stood there was kept as ${await keepAside(path)}`);
  }
  await copyDraft(path);
};
