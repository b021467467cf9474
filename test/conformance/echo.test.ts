import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/index.ts';
import { play, type Target } from './player.ts';
import { type Exchange, type RecordedMail, readRecordings, type Scenario } from './recording.ts';

const ORIGIN = 'http://localhost:1337';

const toObjectId = (number: string): string => `id${number.padStart(8, '0')}`;

/** A value for each placeholder, as a server might have made it. */
const VALUES: { readonly [kind: string]: (number: string, className: string) => string } = {
  token: (number) => `r:${number.padStart(32, '0')}`,
  id: toObjectId,
  gid: (number, className) => Buffer.from(`${className}:${toObjectId(number)}`).toString('base64'),
  date: (number) => new Date(Number(number) * 1000).toISOString(),
  secret: (number) => `secret${number.padStart(25, '0')}`,
  origin: () => ORIGIN,
  'origin-encoded': () => encodeURIComponent(ORIGIN),
};

const toWire = (template: string): string =>
  template.replace(/\{\{([a-z-]+)(?::([A-Za-z_]\w*))?(?::(\d+))?\}\}/g, (whole, kind, className = '', number = '') => {
    const toValue = VALUES[kind];
    return toValue ? toValue(number, className) : whole;
  });

const toResponse = ({ response: { status, headers = {}, json, text } }: Exchange): Response => {
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, toWire(value)]],
  );
  const body = json === undefined ? text && toWire(text) : toWire(JSON.stringify(json));
  return new Response(status === 204 ? null : body, { status, headers: sent });
};

const toMail = (mail: readonly RecordedMail[]): RecordedMail[] =>
  mail.map(({ link, ...rest }) => ({ ...rest, link: toWire(link) }));

/** A server that answers from a recording, whatever it is asked. */
const createEcho = ({ steps }: Scenario): Target => {
  const exchanges = steps.filter((step) => 'request' in step).values();
  const outboxes = steps.filter((step) => 'mail' in step).values();
  return {
    origin: ORIGIN,
    fetch: async () => {
      const { value } = exchanges.next();
      return value ? toResponse(value) : Response.error();
    },
    outbox: async () => toMail(outboxes.next().value?.mail ?? []),
    sleep: async () => undefined,
  };
};

/** The value with its last leaf changed. */
const spoil = (value: Json): Json => {
  if (Array.isArray(value)) return value.length === 0 ? [null] : value.with(-1, spoil(value.at(-1) ?? null));
  if (typeof value === 'string') return `${value}!`;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'object' || value === null) return value === false;
  const [key, entry] = Object.entries(value).findLast(([name]) => name !== 'stacktrace') ?? ['extra', 0];
  return { ...value, [key]: key === 'extensions' && typeof entry === 'object' ? { code: -1 } : spoil(entry) };
};

/** The scenario with one value of its last JSON answer changed. */
const spoilScenario = (scenario: Scenario): Scenario => {
  const at = scenario.steps.findLastIndex((step) => 'request' in step && step.response.json !== undefined);
  const step = scenario.steps[at];
  if (!step || !('request' in step)) return { ...scenario, steps: [] };
  const spoilt = { ...step, response: { ...step.response, json: spoil(step.response.json ?? null) } };
  return { ...scenario, steps: scenario.steps.with(at, spoilt) };
};

for (const { fileName, scenarios } of readRecordings()) {
  describe(`the replayer on ${fileName}`, () => {
    it('agrees with a server that answers as recorded', async () => {
      for (const scenario of scenarios) {
        expect(await play(scenario, createEcho(scenario)), scenario.name).toEqual([]);
      }
    });

    it('finds one wrong value in any of its scenarios', async () => {
      for (const scenario of scenarios) {
        const spoilt = spoilScenario(scenario);
        if (spoilt.steps.length > 0) expect(await play(scenario, createEcho(spoilt)), scenario.name).not.toEqual([]);
      }
    });
  });
}
