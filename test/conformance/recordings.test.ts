import { describe, expect, it } from 'vitest';
import { startInProcess } from './in-process.ts';
import files from './pending.json' with { type: 'json' };
import { play } from './player.ts';
import { type Recording, readRecordings } from './recording.ts';

const recordings = readRecordings();
const pending: readonly string[] = files;

/** Files that no issue has promised yet wait as a whole; with `PENDING=play` they are played too. */
const isPending = ({ fileName }: Recording): boolean => process.env['PENDING'] !== 'play' && pending.includes(fileName);

describe.each(pending)('pending.json: %s', (fileName) => {
  it('names a recording', () => {
    expect(recordings.map((recording) => recording.fileName)).toContain(fileName);
  });
});

for (const recording of recordings) {
  const { fileName, scenarios } = recording;
  describe(fileName, () => {
    if (isPending(recording)) {
      it.todo(`its ${scenarios.length} scenarios`);
      return;
    }
    for (const scenario of scenarios) {
      it(scenario.name, async () => {
        await using target = startInProcess(scenario.options);
        expect(await play(scenario, target)).toEqual([]);
      });
    }
  });
}
