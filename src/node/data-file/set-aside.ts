import { rename } from 'node:fs/promises';

/** Why a journal is set aside. */
export const FOREIGN = 'belongs to another data file';

/** Gives a file another name, so that it is in nobody's way and nothing is lost, and says so. */
export const setAside = async (path: string, reason: string, warn: (sentence: string) => void): Promise<void> => {
  const aside = `${path}.${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
  await rename(path, aside);
  warn(`${path} ${reason}: it was set aside as ${aside}, and nothing of it was taken in`);
};
