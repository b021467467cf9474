import { createEmulator, type Emulator } from '../../src/emulator.ts';
import type { EmulatorOptions } from '../../src/options/table.ts';

type Headers = { readonly [name: string]: string };

/** Who asks, as headers. */
export const APP: Headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
export const MASTER: Headers = { ...APP, 'X-Parse-Master-Key': 'MASTER_KEY' };
export const as = (sessionToken: string): Headers => ({ ...APP, 'X-Parse-Session-Token': sessionToken });

/** An answer as a test looks at it. */
export type Answer = { readonly status: number; readonly location: string | null; readonly body: unknown };

/** A client of the REST API of an emulator of its own. */
export type Client = {
  readonly emulator: Emulator;
  readonly call: (method: string, path: string, body?: unknown, headers?: Headers) => Promise<Answer>;
  /** Signs up `username` with a password made from it. */
  readonly signUp: (
    username: string,
    fields?: object,
  ) => Promise<{ readonly objectId: string; readonly sessionToken: string }>;
};

const toBody = (body: unknown): RequestInit =>
  body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };

/** An emulator with quick passwords and a client of it. Text is sent as it is, anything else as JSON. */
export const createClient = (options: EmulatorOptions = {}): Client => {
  const emulator = createEmulator({ bcryptRounds: 4, allowClientClassCreation: true, ...options });
  const call: Client['call'] = async (method, path, body, headers = APP) => {
    const request = new Request(`http://localhost:1337/parse${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...toBody(body),
    });
    const response = await emulator.fetch(request);
    const text = await response.text();
    const isJson = /^[[{]/.test(text);
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: isJson ? JSON.parse(text) : text,
    };
  };
  const signUp: Client['signUp'] = async (username, fields = {}) => {
    const { body } = await call('POST', '/users', { username, password: `${username}spass`, ...fields });
    return body as { objectId: string; sessionToken: string };
  };
  return { emulator, call, signUp };
};
