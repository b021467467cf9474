import { describe, expect, it } from 'vitest';
import { play } from '../conformance/player.ts';
import { type Exchange, readRecordings, type Scenario } from '../conformance/recording.ts';
import { TARGETS } from './targets.ts';

/** What is played through every host: the guide, accounts, the protocol, and REST with its forms and headers. */
const PLAYED = ['00-guide.json', '01-documented.json', '02-auth.json', '03-http.json', '07-email.json', '12-rest.json'];

const isExchange = (step: Scenario['steps'][number]): step is Exchange => 'request' in step;

// What a recording may send and the platform's fetch may not, or what MSW answers on its own.
const cannotBeSent = ({ steps }: Scenario, host: string): boolean =>
  steps.filter(isExchange).some(({ request, response }) => {
    const isUnknownPath = !/^\/(graphql|parse)(\/|\?|$)/.test(request.path);
    return host === 'MSW' && (isUnknownPath || response.status === 0);
  });

const recordings = readRecordings().filter(({ fileName }) => PLAYED.includes(fileName));

describe.each(TARGETS)('%s gives the answers of emulator.fetch', (host, start) => {
  describe.each(recordings.map((recording) => [recording.fileName, recording] as const))('%s', (_, { scenarios }) => {
    it.each(
      scenarios
        .filter((scenario) => !cannotBeSent(scenario, host))
        .map((scenario) => [scenario.name, scenario] as const),
    )('%s', async (__, scenario) => {
      await using target = await start(scenario.options);
      expect(await play(scenario, target)).toEqual([]);
    });
  });
});
