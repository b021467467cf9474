import { jsonFile } from '../../src/node/data-file/json-file.ts';
import type { Change } from '../../src/store/persistence.ts';

// A process that writes until it is killed: users with their sessions, changes and deletions, several at a time. It prints
// `name version` for what was acknowledged (version 0: deleted); each commit writes two records that must stay alike.
const [, , path = '', prefix = ''] = process.argv;
const file = jsonFile(path);
await file.read();

const toChanges = (objectId: string, version: number): Change[] =>
  ['_User', '_Session'].map((className) => ({
    className,
    objectId,
    record: version === 0 ? null : { objectId, version, filler: 'x'.repeat(version * 1000) },
  }));

const live = async (objectId: string): Promise<void> => {
  for (const version of [1, 2, 3, 0, 4]) {
    await file.append(toChanges(objectId, version));
    process.stdout.write(`${objectId} ${version}\n`);
    if (version === 3 && objectId.endsWith('1')) return;
  }
};

let next = 0;
const work = async (): Promise<void> => {
  for (;;) {
    next += 1;
    await live(`${prefix}${next}`);
  }
};
await Promise.all(Array.from({ length: 8 }, work));
