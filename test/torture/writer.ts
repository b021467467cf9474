import { writeSync } from 'node:fs';
import { DataFile } from '../../src/node/data-file/data-file.ts';
import { toEntryJson } from '../../src/node/data-file/journal/lines.ts';
import type { Snapshot } from '../../src/store/persistence.ts';
import { spoilDisk } from './faulty-disk.ts';
import { STEPS, stepOf } from './script.ts';

// A process that does the steps of the script one after the other, on a disk with one fault. It prints `+ 3` when it begins
// the third, `= 3` when that is safe, and at the end how many calls of the file system there were.
const [, , path = '', kind = '', at = '0', disk = ''] = process.argv;
const say = (text: string): void => void writeSync(1, `${text}\n`);

const TRIES = 3;

/** What failed is tried again, as a person would. */
const insist = async (work: () => Promise<unknown>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
};

const countCalls = await spoilDisk({ kind, at: Number(at) }, disk);
const listeners = { warn: () => undefined, apply: () => async (found: Snapshot) => found };
let file: DataFile | undefined;
await insist(async () => {
  file = await DataFile.open(path, listeners);
  await file.read();
});
for (let number = 1; file && number <= STEPS; number += 1) {
  const opened = file;
  const step = stepOf(number);
  say(`+ ${number}`);
  await insist(async () => {
    if ('changes' in step) await opened.append([{ json: toEntryJson(step.changes), changes: step.changes }]);
    else if ('snapshot' in step) await opened.replace(step.snapshot);
    else await opened.fold();
  });
  say(`= ${number}`);
}
await insist(async () => file?.close());
say(`calls ${countCalls()}`);
