import { resolve } from 'node:path';
import type { CloudSource, LoadCloud, LoadedCloud } from '../../emulator/cloud-code.ts';
import { printWithRequest } from './console.ts';
import { evaluate } from './evaluate.ts';
import { takeBackGlobal } from './scope.ts';
import { watchFiles } from './watch.ts';

/** The files that cloud code begins with. */
const entriesOf = ({ cloud, adapters }: CloudSource): readonly string[] =>
  [cloud, ...Object.values(adapters)].flatMap((given) => (typeof given === 'string' ? [resolve(given)] : []));

/**
 * Loads cloud code and the modules of auth adapters, for one emulator alone, and again when a file changes, if that is wanted: until it
 * is loaded well, the old code goes on. Rejects with an error that names file and line.
 */
export const loadCloud: LoadCloud = async (source, host): Promise<LoadedCloud> => {
  printWithRequest();
  let present = await evaluate(source, host);
  const entries = entriesOf(source);
  const filesNow = (): ReadonlySet<string> => new Set([...entries, ...present.files]);
  const reload = async (): Promise<void> => {
    try {
      const next = await evaluate(source, host);
      takeBackGlobal(present.parse);
      present = next;
      host.log('warn', 'Cloud code was loaded again.');
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      host.log('warn', `${told}\nThe cloud code from before goes on.`);
    }
  };
  const watcher = source.isWatched && entries.length > 0 ? watchFiles(filesNow, reload) : undefined;
  return {
    get functions() {
      return present.functions;
    },
    get triggers() {
      return present.triggers;
    },
    get live() {
      return present.live;
    },
    get adapters() {
      return present.adapters;
    },
    around: (request, work) => present.around(request, work),
    close: () => {
      watcher?.close();
      takeBackGlobal(present.parse);
    },
  };
};
