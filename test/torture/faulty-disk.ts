import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What happens at one call of the file system: `kill` and `half` end the process, the others are errors of the system. */
export type Fault = { readonly kind: string; readonly at: number };

const PROMISED = [
  ...['open', 'rm', 'rename', 'readFile', 'writeFile', 'stat', 'readlink', 'utimes'],
  ...['appendFile', 'truncate'],
] as const;
const SYNC = ['renameSync', 'statSync', 'fstatSync', 'existsSync'] as const;
const OF_HANDLES = ['write', 'appendFile', 'truncate', 'sync', 'datasync', 'writeFile', 'read', 'close'] as const;

type Call = (this: unknown, ...args: unknown[]) => unknown;

const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** Writes half of what was asked for, as a machine may that dies in the middle of a write. */
const writeHalf = async (original: Call, handle: unknown, args: readonly unknown[]): Promise<void> => {
  const [bytes, from = 0, length = 0, ...place] = args;
  if (bytes instanceof Uint8Array) {
    await original.apply(handle, [bytes, from, Math.floor(Number(length) / 2), ...place]);
  } else if (typeof bytes === 'string') await original.apply(handle, [bytes.slice(0, bytes.length / 2)]);
};

const failure = (code: string, name: string): Error => Object.assign(new Error(`${code}: ${name}`), { code });

/**
 * What is wrong with the disk all the time. `mounted`: no file takes the place of another one whose name ends in `.json`, as
 * where it is mounted by itself. `tight`: there is no room for a second copy of such a file.
 */
export type Disk = '' | 'mounted' | 'tight';

const isBeyond = (disk: string, name: string, args: readonly unknown[]): string | undefined => {
  if (disk === 'mounted' && name === 'renameSync' && String(args[1]).endsWith('.json')) return 'EBUSY';
  if (disk === 'tight' && name === 'open' && String(args[0]).endsWith('.json.tmp')) return 'ENOSPC';
  return undefined;
};

/** Puts a fault into the file system of this process, at the call of that number. Answers how many calls there were. */
export const spoilDisk = async ({ kind, at }: Fault, disk: string): Promise<() => number> => {
  let calls = 0;
  const wrap = (name: string, original: Call): Call =>
    function (...args) {
      const code = isBeyond(disk, name, args);
      if (code) throw failure(code, name);
      calls += 1;
      if (calls !== at) return original.apply(this, args);
      if (kind === 'kill') die();
      if (kind === 'half' && ['write', 'appendFile'].includes(name)) return writeHalf(original, this, args).then(die);
      if (kind === 'half') die();
      // Looks cannot fail for want of room; and nobody can help it when a file that was opened cannot be closed.
      const mayFail = !/stat|exists|close|read|utimes|rm$/i.test(name);
      if (mayFail) throw failure(kind, name);
      return original.apply(this, args);
    };
  const spoil = (owner: object, names: readonly string[]): void => {
    for (const name of names) Reflect.set(owner, name, wrap(name, Reflect.get(owner, name)));
  };
  const handle = await fs.promises.open(process.execPath, 'r');
  spoil(Object.getPrototypeOf(handle), OF_HANDLES);
  spoil(fs.promises, PROMISED);
  spoil(fs, SYNC);
  syncBuiltinESMExports();
  await handle.close();
  calls = 0;
  return () => calls;
};
