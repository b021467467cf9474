import { describe, expect, it } from 'vitest';
import { startInProcess } from './in-process.ts';
import pending from './pending.json' with { type: 'json' };
import { play } from './player.ts';
import { readRecordings } from './recording.ts';

/** Files that no issue has promised yet wait as a whole; `PENDING=play` plays them too. */
const isPending = (fileName: string): boolean => process.env['PENDING'] !== 'play' && pending.includes(fileName);

const recordings = readRecordings();

it.each(pending)('%s is there to wait for', (fileName) => {
  expect(recordings.map((recording) => recording.fileName)).toContain(fileName);
});

describe.each(recordings)('$fileName', ({ fileName, scenarios }) => {
  if (isPending(fileName)) {
    it.todo(`its ${scenarios.length} scenarios are pending`);
    return;
  }
  it.each(scenarios)('$name', async (scenario) => {
    await using target = startInProcess(scenario.options);
    expect(await play(scenario, target)).toEqual([]);
  });
});
