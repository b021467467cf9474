/** Values that an answer gave, by name, for later steps: `{{name}}` in their texts. */
export type Memory = Map<string, string>;

/** One thing that both sides are asked. */
export type Step = {
  /** What it is, for people: `log-in: a wrong password is refused`. */
  readonly name: string;
  /** Who asks: nobody, the master key, or the one whose token was kept under this name. */
  readonly as: string;
  /** Which API is asked. */
  readonly protocol: 'graphql' | 'rest';
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path below the API's own: `/users/me`; empty for GraphQL. */
  readonly path: string;
  /** What is sent, as JSON; absent: nothing. */
  readonly body?: unknown;
  /** Where in the answer values stand that later steps name. */
  readonly keep?: { readonly [name: string]: string };
  /** Whether it changes anything. */
  readonly writes: boolean;
  /** Headers beside those of who asks. */
  readonly headers?: { readonly [name: string]: string };
  /** Members of the answer that only a database says. */
  readonly without?: readonly string[];
};

type More = Partial<Pick<Step, 'keep' | 'headers' | 'writes' | 'without'>>;

/** A step of GraphQL. */
export const gql = (name: string, as: string, query: string, variables: object = {}, more: More = {}): Step => ({
  name,
  as,
  protocol: 'graphql',
  method: 'POST',
  path: '',
  body: { query, variables },
  writes: /^\s*mutation/.test(query),
  ...more,
});

/** A step of REST: `POST /users`. */
export const rest = (name: string, as: string, route: string, body?: object, more: More = {}): Step => {
  const [method = 'GET', path = ''] = route.split(' ');
  return { name, as, protocol: 'rest', method, path, ...(body && { body }), writes: method !== 'GET', ...more };
};

/** Puts what was kept into the texts of a value; in an address it is encoded. */
export const fill = (value: unknown, memory: Memory, encode: (text: string) => string = String): unknown => {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => encode(memory.get(name) ?? ''));
  if (Array.isArray(value)) return value.map((one: unknown) => fill(one, memory, encode));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, memory, encode)]));
};

/** The value at a path such as `data.signUp.viewer.sessionToken`; undefined where there is none. */
export const valueAtPath = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
      value,
    );
