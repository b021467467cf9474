import type { ErrorBody } from '../errors.ts';
import { errorBody } from '../errors.ts';

/** The text that a request means, or why there is none. `register` keeps a text for the requests that send its hash alone. */
export type Resolved =
  | { readonly text: string; readonly register: () => void }
  | {
      readonly text?: undefined;
      readonly status: number;
      readonly headers?: { readonly [name: string]: string };
      readonly error: ErrorBody;
    };

const MOST_TEXTS = 500;
const NOT_FOUND_HEADERS = { 'cache-control': 'private, no-cache, must-revalidate' };

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Apollo's automatic persisted queries: a client sends the hash of a query alone, and its text when the hash is unknown. */
export interface PersistedQueries {
  resolve(persistedQuery: object, query: string | undefined): Promise<Resolved>;
  /** The text that the extensions of a request stand for, if it is known. */
  textOf(extensions: unknown): string | undefined;
}

/** Keeps the last persisted queries. */
export const createPersistedQueries = (): PersistedQueries => {
  const texts = new Map<string, string>();
  const keep = (hash: string, text: string): void => {
    texts.set(hash, text);
    if (texts.size > MOST_TEXTS) texts.delete(texts.keys().next().value ?? '');
  };
  const resolve: PersistedQueries['resolve'] = async (persistedQuery, query) => {
    // A page that was not loaded over HTTPS or from localhost has no way to make a hash.
    if (!globalThis.crypto?.subtle) {
      const error = errorBody('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
      return { status: 200, headers: NOT_FOUND_HEADERS, error };
    }
    const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
    if (version !== 1)
      return { status: 400, error: errorBody('Unsupported persisted query version', 'INTERNAL_SERVER_ERROR') };
    if (query === undefined) {
      const text = typeof sha256Hash === 'string' ? texts.get(sha256Hash) : undefined;
      if (text !== undefined) return { text, register: () => undefined };
      const error = errorBody('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
      return { status: 200, headers: NOT_FOUND_HEADERS, error };
    }
    const hash = await sha256(query);
    if (sha256Hash !== hash)
      return { status: 400, error: errorBody('provided sha does not match query', 'INTERNAL_SERVER_ERROR') };
    return { text: query, register: () => keep(hash, query) };
  };
  const textOf: PersistedQueries['textOf'] = (extensions) => {
    const { sha256Hash } = Object(Object(extensions).persistedQuery);
    return typeof sha256Hash === 'string' ? texts.get(sha256Hash) : undefined;
  };
  return { resolve, textOf };
};
