import { isObject, type JsonObject } from '../parse/record.ts';

/** What a frame of a client asks for, its form checked. */
export type Frame =
  | {
      readonly op: 'connect';
      readonly applicationId: string;
      readonly javascriptKey?: string;
      readonly masterKey?: string;
      readonly clientKey?: string;
      readonly windowsKey?: string;
      readonly restAPIKey?: string;
      readonly sessionToken?: string;
      readonly installationId?: string;
    }
  | {
      readonly op: 'subscribe' | 'update';
      readonly requestId: number;
      readonly query: LiveQuery;
      readonly sessionToken?: string;
    }
  | { readonly op: 'unsubscribe'; readonly requestId: number };

/** What a subscription asks for: `keys` are the fields to show, `watch` those whose change counts. */
export type LiveQuery = {
  /** The class whose objects are heard of. */
  readonly className: string;
  /** Constraints in REST syntax. */
  readonly where: JsonObject;
  /** The fields to show; all, if not given. */
  readonly keys?: readonly string[];
  /** The fields whose change counts; all, if not given. */
  readonly watch?: readonly string[];
};

/** A frame that is not what it must be, with the words of Parse Server's validator (tv4). */
export class FrameError extends Error {}

type Shape =
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'number' }
  | { readonly type: 'names' }
  | { readonly type: 'object'; readonly required: readonly string[]; readonly members?: Members };

type Members = { readonly [name: string]: Shape };

const STRING: Shape = { type: 'string' };
const NAMES: Shape = { type: 'names' };

const GENERAL: Shape = { type: 'object', required: ['op'] };
const OP: Shape = { type: 'string', values: ['connect', 'subscribe', 'unsubscribe', 'update'] };

const QUERY: Shape = {
  type: 'object',
  required: ['where', 'className'],
  members: { className: STRING, where: { type: 'object', required: [] }, keys: NAMES, watch: NAMES },
};

const SUBSCRIBE: Shape = {
  type: 'object',
  required: ['op', 'requestId', 'query'],
  members: { op: OP, requestId: { type: 'number' }, query: QUERY, sessionToken: STRING },
};

const SHAPES: ReadonlyMap<unknown, Shape> = new Map([
  [
    'connect',
    {
      type: 'object',
      required: ['op', 'applicationId'],
      members: {
        op: OP,
        applicationId: STRING,
        javascriptKey: STRING,
        masterKey: STRING,
        clientKey: STRING,
        windowsKey: STRING,
        restAPIKey: STRING,
        sessionToken: STRING,
        installationId: STRING,
      },
    },
  ],
  ['subscribe', SUBSCRIBE],
  ['update', SUBSCRIBE],
  [
    'unsubscribe',
    { type: 'object', required: ['op', 'requestId'], members: { op: OP, requestId: { type: 'number' } } },
  ],
]);

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

const checkType = (value: unknown, expected: string): void => {
  const actual = typeOf(value);
  if (actual !== expected) throw new FrameError(`Invalid type: ${actual} (expected ${expected})`);
};

const checkNames = (names: readonly unknown[]): void => {
  if (names.length === 0) throw new FrameError('Array is too short (0), minimum 1');
  const first = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const text = JSON.stringify(name);
    const before = first.get(text);
    if (before !== undefined) throw new FrameError(`Array items are not unique (indices ${before} and ${i})`);
    first.set(text, i);
  }
  for (const name of names) checkType(name, 'string');
};

const check = (value: unknown, shape: Shape): void => {
  checkType(value, shape.type === 'names' ? 'array' : shape.type);
  if (shape.type === 'string' && shape.values && !shape.values.some((known) => known === value)) {
    throw new FrameError(`No enum match for: ${JSON.stringify(value)}`);
  }
  if (shape.type === 'names' && Array.isArray(value)) checkNames(value);
  if (shape.type !== 'object' || !isObject(value)) return;
  const missing = shape.required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw new FrameError(`Missing required property: ${missing}`);
  const { members } = shape;
  if (!members) return;
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!known) throw new FrameError('Additional properties not allowed');
    check(member, known);
  }
};

const isFrame = (value: unknown): value is Frame => {
  check(value, GENERAL);
  if (!isObject(value)) return false;
  check(value['op'], OP);
  const shape = SHAPES.get(value['op']);
  if (shape) check(value, shape);
  return shape !== undefined;
};

/**
 * Reads a frame; undefined for text that is not JSON, to which a Parse Server is silent.
 * @throws FrameError for JSON that is not a frame: in the order, and with the words, of Parse Server's validator
 */
export const readFrame = (text: string): Frame | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isFrame(value) ? value : undefined;
};
