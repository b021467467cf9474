import { createHash } from 'node:crypto';
import { createReadStream, renameSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../json/file-error.ts';

/** Tells one content of a file from another. */
export type Fingerprint = string;

/** The fingerprint of a file's bytes. */
export const toFingerprint = (bytes: Uint8Array): Fingerprint => createHash('sha256').update(bytes).digest('hex');

/** Makes the names in a folder safe; not every platform can, nor needs to. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/** Where a file's next content is written before it takes the place of the present one. */
export const draftOf = (path: string): string => `${path}.tmp`;

/** The fingerprint of the file at a path; null when there is none. */
export const fingerprintOf = async (path: string): Promise<Fingerprint | null> => {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
};

const fill = async (handle: FileHandle, chunks: Iterable<string | Uint8Array>): Promise<Fingerprint> => {
  const hash = createHash('sha256');
  for (const chunk of chunks) {
    hash.update(chunk);
    await handle.appendFile(chunk);
  }
  await handle.sync();
  return hash.digest('hex');
};

/** Writes a file that was not there, safely on disk and for its owner's eyes alone: data files hold hashes and session tokens. */
export const writeNew = async (path: string, chunks: Iterable<string | Uint8Array>): Promise<Fingerprint> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    return await fill(handle, chunks);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
};

/** Writes a draft of the file, which `swapIn` puts in its place. */
export const writeDraft = async (path: string, chunks: Iterable<string>): Promise<Fingerprint> => {
  await rm(draftOf(path), { force: true });
  return writeNew(draftOf(path), chunks);
};

/**
 * Puts the draft in place of the file, unless `isExpected` says at the last moment that another file stands there: whoever
 * reads sees the old one or the new one, and nothing between. Returns whether it did. `isExpected` may look at the draft, too.
 */
export const swapIn = async (path: string, isExpected: (draft: string) => boolean = () => true): Promise<boolean> => {
  if (!isExpected(draftOf(path))) return false;
  renameSync(draftOf(path), path); // in the same breath: nobody saves the file between the look and the swap
  await syncFolder(dirname(path));
  return true;
};

/** Deletes the draft of the file, if there is one. */
export const dropDraft = (path: string): Promise<void> => rm(draftOf(path), { force: true }).catch(() => undefined);
