import type { ClockFace, Connection } from '../../client/connect.ts';
import type { Fault } from '../../http/steering/faults.ts';
import type { LoggedRequest } from '../../http/steering/logged-request.ts';
import type { Duration } from '../../operations/clock.ts';
import type { MailFilter } from '../../operations/outbox.ts';
import type { JsonObject } from '../../parse/record.ts';
import type { Tool } from './tool.ts';

const INBOX: Tool = {
  name: 'inbox',
  description:
    'The mail that the emulator would have sent, the oldest first, with the links in it; or the newest that comes within a time.',
  arguments: {
    to: { type: 'string', description: 'The address of who it is for' },
    kind: { type: 'string', enum: ['verifyEmail', 'resetPassword'], description: 'What it is about' },
    waitMilliseconds: { type: 'number', description: 'Wait so long for a mail that fits, and answer the newest' },
  },
  run({ waitMilliseconds, ...wish }, { emulator: { outbox } }) {
    const filter = wish as MailFilter; // the emulator looks
    return typeof waitMilliseconds === 'number'
      ? outbox.waitFor({ ...filter, timeout: waitMilliseconds })
      : outbox.list(filter);
  },
};

const isWished = ({ operation, code, cause }: LoggedRequest, given: JsonObject): boolean =>
  (given['operation'] === undefined || operation.split(', ').includes(String(given['operation']))) &&
  (given['onlyRefused'] !== true || code !== undefined || cause !== undefined);

const REQUESTS: Tool = {
  name: 'requests',
  description:
    "What the application has asked of the emulator, the newest last: operation, variables, who asked, the answer, Parse's code, and the cause of a refusal in plain words. Secrets are struck out.",
  arguments: {
    last: { type: 'number', description: 'How many of those that fit; 20 if not given' },
    operation: { type: 'string', description: 'Only those with this root field or route: logIn, POST /login' },
    onlyRefused: { type: 'boolean', description: 'Only those that were refused, or show less than there is' },
  },
  async run(given, { emulator }) {
    const found = (await emulator.requests()).filter((request) => isWished(request, given));
    return found.slice(-Math.max(1, Number(given['last'] ?? 20)));
  },
};

const FAULTS: readonly Tool[] = [
  {
    name: 'add_fault',
    description:
      'Lets calls fail: by an error of Parse, an HTTP status, a broken connection, a session that is over, or slowness. Answers all faults that strike.',
    arguments: {
      operation: {
        type: 'string',
        description: 'A root field (logIn), an operation name, or a REST route (POST /login); all if not given',
      },
      user: { type: 'string', description: 'Only calls of the user with this name' },
      times: { type: 'number', description: 'How many calls are hit; all until cleared, if not given' },
      probability: { type: 'number', description: 'From 0 to 1' },
      latency: { type: 'number', description: 'Milliseconds before the answer' },
      error: {
        type: 'object',
        description: "An error of Parse's: its code by number or name, and a message",
        properties: { code: { type: ['number', 'string'] }, message: { type: 'string' } },
        required: ['code'],
      },
      session: {
        type: 'string',
        enum: ['expired', 'revoked'],
        description: 'The session of the call is answered as over',
      },
      status: { type: 'number', description: 'An HTTP status: 429, 503' },
      retryAfter: { type: 'number', description: 'Seconds, for the header Retry-After beside status' },
      network: { type: 'boolean', description: 'The connection breaks without an answer' },
      cut: { type: 'boolean', description: 'The answer breaks off in its middle' },
    },
    run: (given, { emulator }) => emulator.faults.add(given as Fault), // the emulator looks
  },
  {
    name: 'list_faults',
    description: 'The faults that still strike.',
    arguments: {},
    run: (_given, { emulator }) => emulator.faults.list(),
  },
  {
    name: 'clear_faults',
    description: 'Ends all faults.',
    arguments: {},
    run: (_given, { emulator }) => emulator.faults.clear().then(() => 'cleared'),
  },
];

const moveClock = async (given: JsonObject, { clock }: Connection): Promise<ClockFace> => {
  if (typeof given['to'] === 'string') await clock.set(given['to']);
  if (given['advance'] !== undefined) await clock.advance(given['advance'] as Duration); // the emulator looks
  if (given['stop'] !== undefined) await (given['stop'] === true ? clock.stop() : clock.go());
  return clock.read();
};

const CLOCK: Tool = {
  name: 'clock',
  description: "Reads the emulator's time, and moves or stops it: sessions and links expire by it.",
  arguments: {
    advance: {
      type: 'object',
      description: 'How far on: { "days": 366 }',
      properties: Object.fromEntries(
        ['days', 'hours', 'minutes', 'seconds', 'milliseconds'].map((unit) => [unit, { type: 'number' }]),
      ),
    },
    to: { type: 'string', description: 'A moment, before or behind the present one: 2027-01-31T12:00:00Z' },
    stop: { type: 'boolean', description: 'true lets it stand still, false lets it go on' },
  },
  run: (given, { emulator }) => moveClock(given, emulator),
};

const STATE: readonly Tool[] = [
  {
    name: 'seed',
    description:
      'Adds fixtures: objects by class, such as { "_User": [{ "username": "ann", "password": "secret" }] }. A reset comes back to here.',
    arguments: { fixtures: { type: 'object', description: 'Lists of objects, by the name of their class' } },
    needed: ['fixtures'],
    run: ({ fixtures }, { emulator }) => emulator.seed(fixtures as JsonObject).then(() => 'seeded'), // the emulator looks
  },
  {
    name: 'reset',
    description: 'Back to the seed: objects, mail, requests, faults and time.',
    arguments: {},
    run: (_given, { emulator }) => emulator.reset().then(() => 'reset'),
  },
];

/** Tools that look at an emulator, and step in. */
export const steeringTools: readonly Tool[] = [INBOX, REQUESTS, ...FAULTS, CLOCK, ...STATE];
