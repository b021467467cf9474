import { describe, expect, it } from 'vitest';
import { startInProcess } from './in-process.ts';
import names from './pending.json' with { type: 'json' };
import { play } from './player.ts';
import { readRecordings } from './recording.ts';

const recordings = readRecordings();
const pending: readonly string[] = names;

// A whole file, or one scenario of it: `18-gaps.json: the name of the scenario`.
const namesOf = (fileName: string, scenario: string): readonly string[] => [fileName, `${fileName}: ${scenario}`];

/** What no issue has promised yet waits; with `PENDING=play` it is played too. */
const isPending = (fileName: string, scenario: string): boolean =>
  process.env['PENDING'] !== 'play' && namesOf(fileName, scenario).some((name) => pending.includes(name));

describe.each(pending)('pending.json: %s', (name) => {
  it('names a recording or a scenario', () => {
    const known = recordings.flatMap(({ fileName, scenarios }) =>
      scenarios.flatMap((one) => namesOf(fileName, one.name)),
    );
    expect(known).toContain(name);
  });
});

for (const { fileName, scenarios } of recordings) {
  describe(fileName, () => {
    for (const scenario of scenarios) {
      it.skipIf(isPending(fileName, scenario.name))(scenario.name, async () => {
        await using target = startInProcess(scenario.options);
        expect(await play(scenario, target)).toEqual([]);
      });
    }
  });
}
