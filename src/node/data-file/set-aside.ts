import { readFile, rename } from 'node:fs/promises';
import { writeNew } from './atomic-write.ts';

/** Why a journal is set aside. */
export const FOREIGN = 'belongs to another data file';

const asideOf = (path: string): string => `${path}.${new Date().toISOString().replace(/\D/g, '').slice(0, 17)}`;

/** Gives a file another name, so that it is in nobody's way and nothing is lost. Returns that name. */
export const moveAside = async (path: string): Promise<string> => {
  const aside = asideOf(path);
  await rename(path, aside);
  return aside;
};

/** Copies a file, from that byte on, to another name, safely on disk. Returns that name. */
export const keepAside = async (path: string, from = 0): Promise<string> => {
  const aside = asideOf(path);
  await writeNew(aside, [(await readFile(path)).subarray(from)]);
  return aside;
};

/** Gives a file another name, and says so. */
export const setAside = async (path: string, reason: string, warn: (message: string) => void): Promise<void> => {
  warn(`${path} ${reason}: it was set aside as ${await moveAside(path)}, and nothing of it was taken in`);
};
