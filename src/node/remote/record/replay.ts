import type { EmulatorOptions } from '../../../options/table.ts';
import { compare, noMatches, translate } from '../verify/compare.ts';
import type { Outcome } from '../verify/play.ts';
import type { Report } from '../verify/report.ts';
import { emulatorSide, type Side } from '../verify/side.ts';
import { type Exchange, MASTER } from './recording.ts';

/** What is held against recordings. */
export type ReplayOptions = {
  readonly exchanges: readonly Exchange[];
  readonly options: EmulatorOptions;
  readonly seeds: readonly unknown[];
  readonly allow: readonly string[];
  /** Where the recordings are from, for the report. */
  readonly source: string;
};

const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const nameOf = ({ protocol, method, path, body }: Exchange, at: number): string => {
  const { operationName }: { operationName?: unknown } = Object(parseText(body));
  const what =
    protocol === 'graphql' ? `/graphql ${typeof operationName === 'string' ? operationName : ''}` : path.split('?')[0];
  return `${at + 1}: ${method} ${what}`.trim();
};

const replayOne = async (
  one: Exchange,
  step: string,
  emulator: Side,
  masterKey: string,
  matches: ReturnType<typeof noMatches>,
): Promise<Outcome> => {
  const ours = (text: string): string => translate(text, matches);
  const headers = Object.entries(one.headers).map(([name, value]) => [
    name,
    value === MASTER ? masterKey : ours(value),
  ]);
  const reply = await emulator.ask({
    ...{ protocol: one.protocol, method: one.method, path: ours(one.path), headers: Object.fromEntries(headers) },
    ...(one.body !== '' && one.method !== 'GET' && { body: ours(one.body) }),
  });
  const status = {
    place: 'HTTP status',
    server: `${one.status} ${one.answer}`.slice(0, 300),
    emulator: `${reply.status} ${JSON.stringify(reply.body)}`.slice(0, 300),
  };
  const difference = one.status === reply.status ? compare(parseText(one.answer), reply.body, 'body', matches) : status;
  return difference ? { step, result: 'differs', difference } : { step, result: 'same' };
};

/** Asks an emulator what a real server was asked, in the same order, and compares the answers. What the server made up is, in later requests, what the emulator did. */
export const replay = async ({ exchanges, options, seeds, allow, source }: ReplayOptions): Promise<Report> => {
  const appId = exchanges[0]?.headers['x-parse-application-id'];
  const emulator = await emulatorSide({ ...options, ...(appId && { appId }) }, seeds);
  const matches = noMatches();
  const outcomes: Outcome[] = [];
  for (const [at, one] of exchanges.entries()) {
    outcomes.push(await replayOne(one, nameOf(one, at), emulator, options.masterKey ?? 'MASTER_KEY', matches));
  }
  await emulator.close();
  return {
    server: source,
    parseServerVersion: options.parseVersion ?? 'as recorded',
    outcomes,
    allowed: allow,
    leftBehind: [],
  };
};
