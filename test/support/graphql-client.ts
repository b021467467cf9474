import type { ClassSchema, EmulatorOptions, Json, JsonObject } from '../../src/index.ts';
import { createEmulator, type Emulator } from '../../src/index.ts';

/** Who asks: nobody, the master key, or the user of a session token; other headers may be given as they are. */
export type Asker =
  | 'nobody'
  | 'master'
  | { readonly sessionToken: string }
  | { readonly [header: string]: string }
  | undefined;

/** The first error of an answer, and its data. */
export type Answer = {
  readonly status: number;
  readonly data: Json | undefined;
  readonly error: { readonly code: Json | undefined; readonly message: string } | undefined;
};

export type SignedUp = { readonly id: string; readonly objectId: string; readonly sessionToken: string };

/** A GraphQL client of an emulator of its own. */
export type Client = {
  readonly emulator: Emulator;
  readonly ask: (query: string, variables?: JsonObject, asker?: Asker) => Promise<Answer>;
  /** Signs up `username`, with a password made from it. */
  readonly signUp: (username: string, fields?: JsonObject) => Promise<SignedUp>;
  /** Makes an object and answers its ids. */
  readonly create: (
    typeName: string,
    fields: JsonObject,
    asker?: Asker,
  ) => Promise<{ readonly id: string; readonly objectId: string }>;
  /** Makes or changes a class by the master key, as REST `/schemas` takes it. */
  readonly putClass: (schema: ClassSchema) => Promise<void>;
};

export const PUBLIC_READ: JsonObject = { public: { read: true, write: false } };
export const PUBLIC: JsonObject = { public: { read: true, write: true } };

/** The code of an answer's error beside its message, which is what a table of refusals looks at. */
export const refusal = ({ error }: Answer): readonly [Json | undefined, string | undefined] => [
  error?.code,
  error?.message,
];

const toHeaders = (asker: Asker): { readonly [header: string]: string } => {
  if (asker === undefined || asker === 'nobody') return {};
  if (asker === 'master') return { 'X-Parse-Master-Key': 'MASTER_KEY' };
  return 'sessionToken' in asker && asker.sessionToken ? { 'X-Parse-Session-Token': asker.sessionToken } : { ...asker };
};

const lower = (typeName: string): string => typeName.charAt(0).toLowerCase() + typeName.slice(1);

type Body = {
  readonly data?: Json;
  readonly code?: Json;
  readonly error?: string;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: Json } }[];
};

const toAnswer = (status: number, body: Body): Answer => {
  const [first] = body.errors ?? [];
  const plain = body.error === undefined ? undefined : { code: body.code, message: body.error };
  return { status, data: body.data, error: first ? { code: first.extensions.code, message: first.message } : plain };
};

/** An emulator with quick passwords and a client of it. */
export const createClient = (options: EmulatorOptions = {}): Client => {
  const emulator = createEmulator({ bcryptRounds: 4, ...options });

  const send = (path: string, method: string, body: JsonObject, asker: Asker): Promise<Response> =>
    emulator.fetch(
      new Request(`http://localhost:1337${path}`, {
        method,
        headers: {
          'X-Parse-Application-Id': 'APPLICATION_ID',
          'Content-Type': 'application/json',
          ...toHeaders(asker),
        },
        body: JSON.stringify(body),
      }),
    );

  const ask: Client['ask'] = async (query, variables = {}, asker = undefined) => {
    const response = await send('/graphql', 'POST', { query, variables }, asker);
    return toAnswer(response.status, (await response.json()) as Body);
  };

  const create: Client['create'] = async (typeName, fields, asker = 'master') => {
    const one = lower(typeName);
    const { data, error } = await ask(
      `mutation ($fields: Create${typeName}FieldsInput) { create${typeName}(input: { fields: $fields }) { ${one} { id objectId } } }`,
      { fields },
      asker,
    );
    if (error) throw new Error(`Failed to make a ${typeName}: ${error.message}`);
    const payload = (data as { [name: string]: { [name: string]: { id: string; objectId: string } } })[
      `create${typeName}`
    ];
    return payload?.[one] ?? { id: '', objectId: '' };
  };

  const signUp: Client['signUp'] = async (username, fields = {}) => {
    const { data } = await ask(
      'mutation ($fields: CreateUserFieldsInput) { signUp(input: { fields: $fields }) { viewer { sessionToken user { id objectId } } } }',
      { fields: { username, password: `${username}spass`, ...fields } },
    );
    const { viewer } = (data as { signUp: { viewer: { sessionToken: string; user: SignedUp } } }).signUp;
    return { ...viewer.user, sessionToken: viewer.sessionToken };
  };

  const putClass: Client['putClass'] = async (schema) => {
    const path = `/parse/schemas/${schema.className}`;
    const body = schema as unknown as JsonObject;
    const made = await send(path, 'POST', body, 'master');
    const response = made.ok ? made : await send(path, 'PUT', body, 'master');
    if (!response.ok) throw new Error(`Failed to put ${schema.className}: ${await response.text()}`);
  };

  return { emulator, ask, signUp, create, putClass };
};
