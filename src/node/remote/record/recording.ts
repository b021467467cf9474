import { createHash } from 'node:crypto';
import { UserError } from '../../../parse/user-error.ts';

/** One request to a real server, and its answer. Keys and tokens in it are others than those that were sent. */
export type Exchange = {
  readonly protocol: 'graphql' | 'rest';
  readonly method: string;
  /** What follows the mount path, with its search part. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly status: number;
  readonly answer: string;
};

const TOKEN = /r:[0-9a-f]{32}/g;

const maskToken = (token: string): string => `r:${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;

/** A text without tokens that open anything: the same token becomes the same other one. */
export const withoutTokens = (text: string): string => text.replace(TOKEN, maskToken);

/** What stands in the place of the master key. */
export const MASTER = '(master key)';

const KEPT = /^(?:content-type|x-parse-(?!.*key$).*)$/;

/** The headers that an answer depends on; keys are not among them, but that the master key was sent. */
export const keptHeaders = (headers: { readonly [name: string]: string | undefined }): Exchange['headers'] => {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value !== undefined && KEPT.test(name) ? [[name, withoutTokens(value)]] : [],
  );
  const isMaster = headers['x-parse-master-key'] !== undefined;
  return Object.fromEntries(isMaster ? [...kept, ['x-parse-master-key', MASTER]] : kept);
};

const isExchange = (value: unknown): value is Exchange =>
  ['protocol', 'method', 'path', 'body', 'answer'].every((name) => typeof Object(value)[name] === 'string');

/** The exchanges in a file of recordings, a line each. Throws with the line that is none. */
export const readRecording = (path: string, text: string): readonly Exchange[] =>
  text.split('\n').flatMap((line, at): Exchange[] => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      value = undefined;
    }
    if (!isExchange(value)) throw new UserError(`Failed to read ${path}: line ${at + 1} is no recorded request`);
    return [value];
  });
