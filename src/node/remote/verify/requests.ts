import { isObject, type JsonObject } from '../../../parse/record.ts';
import { UserError } from '../../../parse/user-error.ts';
import { onlyReads } from './documents.ts';
import type { Step } from './steps.ts';

/** A request as a HAR, the log of an emulator, or a recording has it. */
export type RecordedRequest = { readonly method: string; readonly url: string; readonly body: unknown };

const parseText = (text: unknown): unknown => {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const toRequest = (entry: unknown): RecordedRequest[] => {
  const request: JsonObject =
    isObject(entry) && isObject(entry['request']) ? entry['request'] : isObject(entry) ? entry : {};
  const { method, url, postData, body } = request;
  if (typeof method !== 'string' || typeof url !== 'string') return [];
  return [{ method: method.toUpperCase(), url, body: parseText(isObject(postData) ? postData['text'] : body) }];
};

/** The requests in a HAR, in a list of `GET /emulator/requests`, or in recordings. Throws for a file that is none of them. */
export const readRequests = (path: string, value: unknown): readonly RecordedRequest[] => {
  const log = isObject(value) && isObject(value['log']) ? value['log']['entries'] : undefined;
  const entries: unknown = log ?? (isObject(value) ? value['requests'] : value);
  if (!Array.isArray(entries)) throw new UserError(`Failed to read ${path}: it is no HAR, and no list of requests`);
  return entries.flatMap(toRequest);
};

const HIDDEN = /\*{3}/;

/** What a request asks for, below the mount path of a server; undefined for one that is for something else. */
const toStep = ({ method, url, body }: RecordedRequest): Step | undefined => {
  const { pathname, search } = new URL(url, 'http://localhost');
  const name = `${method} ${pathname}`;
  const query = isObject(body) && typeof body['query'] === 'string' ? body['query'] : undefined;
  const common = { as: 'ann', method, ...(body !== undefined && body !== '' && method !== 'GET' && { body }) };
  if (/\/graphql$/i.test(pathname)) {
    const operation = isObject(body) && typeof body['operationName'] === 'string' ? ` ${body['operationName']}` : '';
    const isHidden = HIDDEN.test(JSON.stringify(body ?? ''));
    return {
      ...common,
      name: `${name}${operation}`,
      protocol: 'graphql',
      path: search,
      writes: isHidden || !onlyReads(query ?? ''),
    };
  }
  const at = ['/parse/', '/1/']
    .map((mount) => pathname.indexOf(mount) + (pathname.includes(mount) ? mount.length - 1 : 0))
    .find((end) => end > 0);
  const path = at === undefined ? undefined : pathname.slice(at);
  if (path === undefined) return undefined;
  return {
    ...common,
    name,
    protocol: 'rest',
    path: `${path}${search}`,
    writes: method !== 'GET' || /^\/login/.test(path),
  };
};

/** A step for each request that is for a Parse Server, the same one once. */
export const stepsOfRequests = (requests: readonly RecordedRequest[]): readonly Step[] => {
  const steps = requests.flatMap((request) => toStep(request) ?? []);
  const texts = steps.map((step) => JSON.stringify(step));
  return steps.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
};
