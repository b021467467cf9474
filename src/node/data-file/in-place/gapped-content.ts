import { readFile } from 'node:fs/promises';
import { toFingerprint } from '../atomic-write.ts';
import { type FileContent, toSnapshot } from '../snapshot-file.ts';
import { readGap, withoutGap } from './gapped-file.ts';

/** What a file with a gap holds; undefined when it has none, or when somebody has put another file in its place since. */
export const readGapped = async (path: string): Promise<FileContent | undefined> => {
  const gap = await readGap(path);
  const bytes = gap && (await readFile(path).catch(() => undefined));
  if (!gap || !bytes || bytes.length < gap.start || bytes.length > gap.size) return undefined;
  try {
    const content = withoutGap(bytes, gap);
    return { snapshot: toSnapshot(path, content.toString('utf8')), fingerprint: toFingerprint(content) };
  } catch {
    return undefined; // the file itself is read then, and says what is wrong with it
  }
};
