import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Snapshot } from '../../../store/persistence.ts';
import { isFull } from '../../json/file-error.ts';
import type { Fingerprint } from '../atomic-write.ts';
import type { Base } from '../file-state.ts';
import { identify, readSnapshotFile, toJsonChunks } from '../snapshot-file.ts';
import { type Cut, toCuts, toPieces } from './cuts.ts';
import { readGapped } from './gapped-content.ts';
import { forgetGap, GappedFile } from './gapped-file.ts';
import { rowEndsOf } from './row-ends.ts';

/** Says which content the file is about to have. */
export type Announce = (into: Fingerprint) => Promise<void>;

const LARGE = 8 * 1024 * 1024;
const SMALL = 32 * 1024;
const LEAST = 4 * 1024;

/** How wide the gap must be for each piece between two cuts. */
const toNeed = (cuts: readonly Cut[]): number => {
  let from = 0;
  let need = 0;
  for (const cut of cuts) {
    need = Math.max(need, cut.at - from);
    from = cut.from;
  }
  return need;
};

/** Opens a gap that is wide enough, and wider where there is room: the wider it is, the fewer are the steps. */
const makeGap = async (path: string, need: number, size: number): Promise<GappedFile> => {
  for (const more of [Math.min(size / 4, LARGE), SMALL]) {
    const made = await GappedFile.make(path, need + Math.ceil(more)).catch((error: unknown) => {
      if (!isFull(error)) throw error;
    });
    if (made) return made;
  }
  return GappedFile.make(path, need + LEAST);
};

/** Writes the text of the snapshot into the gap, as far as it is wide, up to one cut and then the next. */
const fill = async (gapped: GappedFile, snapshot: Snapshot, cuts: readonly Cut[]): Promise<void> => {
  let from = 0;
  let at = 0;
  let written = 0;
  let next = 0;
  let texts: string[] = [];
  for (const { text } of toPieces(snapshot)) {
    texts.push(text);
    at += Buffer.byteLength(text);
    const cut = cuts[next];
    if (cut?.at !== at) continue;
    next += 1;
    const following = cuts[next];
    if (following && following.at - written <= Math.min(gapped.room, LARGE)) continue;
    await gapped.put(Buffer.from(texts.join('')), cut.from - from);
    ({ from } = cut);
    written = at;
    texts = [];
  }
};

const hashOf = (snapshot: Snapshot): Fingerprint => {
  const hash = createHash('sha256');
  for (const chunk of toJsonChunks(snapshot)) hash.update(chunk);
  return hash.digest('hex');
};

/**
 * Writes the snapshot over the file without a second copy of it: with a gap that goes through the file, behind which the old
 * rows stand and before which the new ones do. Both together are a snapshot at any time, to which the journal, which must hold
 * all that is new, adds what it lacks. Returns what the file is then; undefined when it is laid out so that this cannot be done.
 * When it rejects, the file may have a gap, which `mendGap` closes.
 */
export const foldInPlace = async (
  path: string,
  base: Fingerprint | null,
  snapshot: Snapshot,
  announce: Announce,
): Promise<Base | undefined> => {
  const old = await readSnapshotFile(path);
  if (!old || old.fingerprint !== base) return undefined;
  const { size } = await stat(path);
  const cuts = toCuts(old.snapshot, await rowEndsOf(path), size, snapshot);
  if (!cuts) return undefined;
  const fingerprint = hashOf(snapshot);
  // the journal must never say that what it builds on holds some of its entries
  if (fingerprint === base) return { fingerprint, identity: await identify(path) };
  const gapped = await makeGap(path, toNeed(cuts), size);
  try {
    await announce(fingerprint);
    await gapped.moveToStart();
    await fill(gapped, snapshot, cuts);
    const identity = await gapped.close();
    await forgetGap(path);
    return { fingerprint, identity };
  } finally {
    await gapped.release();
  }
};

/**
 * Closes the gap that a crash or a failing disk has left in the file. What stands there then is a snapshot to which all of the
 * journal applies; `announce` is told of it before the gap is forgotten. Undefined when there was no gap.
 */
export const mendGap = async (path: string, announce: Announce): Promise<Base | undefined> => {
  const content = await readGapped(path);
  const gapped = content && (await GappedFile.resume(path));
  if (!gapped) {
    const isReadable = await readSnapshotFile(path).then(
      () => true,
      () => false,
    );
    if (isReadable) await forgetGap(path);
    return undefined;
  }
  try {
    const identity = await gapped.close();
    await announce(content.fingerprint);
    await forgetGap(path);
    return { fingerprint: content.fingerprint, identity };
  } finally {
    await gapped.release();
  }
};
