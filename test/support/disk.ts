import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { newFolder } from './folder.ts';

/** Runs a command of the shell. */
export const run = (command: string): void => void execFileSync('sh', ['-c', command], { stdio: 'ignore' });

/** Only some may mount a small disk of their own: root, on Linux, with all its rights. */
export const mayMount: boolean = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    run('unshare --mount true');
    return true;
  } catch {
    return false;
  }
})();

/** The folder of a disk of the test's own, which holds no more than `size`. */
export const newDisk = async (size: string): Promise<string> => {
  const folder = await newFolder();
  run(`mount -t tmpfs -o size=${size} tmpfs '${folder}'`);
  onTestFinished(() => run(`umount --lazy '${folder}'`));
  return folder;
};
