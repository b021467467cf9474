import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/** A save often comes as several events. */
const QUIET = 20;

const CODE = new Set(['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.json']);

const isLookedInto = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.');

const foldersBelow = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && isLookedInto(entry.name) ? foldersBelow(join(folder, entry.name)) : [],
  ),
];

/** The folders of the files, and those below: an ES module does not tell what it imports. */
const foldersOf = (files: ReadonlySet<string>): ReadonlySet<string> => {
  const own = new Set([...files].map(dirname));
  return new Set([...own].flatMap(foldersBelow));
};

const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const codeIn = (folders: ReadonlySet<string>): readonly string[] =>
  [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => CODE.has(extname(name)))
      .map((name) => join(folder, name)),
  );

/** Calls `onChange` when code beside or below the files has changed, one call after the other. */
export const watchFiles = (files: () => ReadonlySet<string>, onChange: () => Promise<void>): { close(): void } => {
  let watchers: FSWatcher[] = [];
  let times = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const read = (): Map<string, number> => new Map(codeIn(foldersOf(files())).map((file) => [file, timeOf(file)]));
  const close = (): void => {
    for (const watcher of watchers) watcher.close();
    clearTimeout(timer);
  };
  const check = async (): Promise<void> => {
    const now = read();
    const isChanged = now.size !== times.size || [...now].some(([file, time]) => times.get(file) !== time);
    if (!isChanged) return;
    times = now;
    await onChange();
    begin();
  };
  const begin = (): void => {
    close();
    if (isClosed) return;
    watchers = [...foldersOf(files())].map((folder) =>
      watch(folder, { persistent: false }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => void check(), QUIET);
      }),
    );
    void check(); // what changed while nobody looked
  };
  times = read();
  begin();
  return {
    close: () => {
      isClosed = true;
      close();
    },
  };
};
