import type { GraphiQLProps } from 'graphiql';
import { parse } from 'graphql';
import type { PlaygroundConfig } from '../src/http/routes/playground.ts';
import { type HeadersByName, hasMasterKey } from './headers.ts';

/** The operation by which GraphiQL asks for the schema. */
export const SCHEMA_QUERY = 'PlaygroundSchema';

/** Takes the answer to what a person has run, and the headers it was asked with. */
export type OnAnswer = (answer: unknown, headers: HeadersByName) => void;

/** Asks the emulator: the platform's own `fetch`, or that of an emulator in the page. */
export type Ask = (path: string, init: RequestInit) => Promise<Response>;

const askPlatform: Ask = (path, init) => fetch(path, init);

const send = async (ask: Ask, path: string, init: RequestInit): Promise<Response> => {
  try {
    return await ask(path, init);
  } catch (cause) {
    throw new Error(`Failed to reach ${path}: ${String(cause)}. Is the emulator still running?`, { cause });
  }
};

const hasOperation = (query: string, name: string): boolean => {
  try {
    return parse(query).definitions.some((definition) => 'name' in definition && definition.name?.value === name);
  } catch {
    return true; // the emulator tells what is wrong with it
  }
};

/** GraphiQL looks for operations a moment after the typing; one who is quicker would ask for one that is gone. */
const withoutStaleName = <Asked extends { query: string; operationName?: string | null }>(asked: Asked): Asked =>
  asked.operationName && !hasOperation(asked.query, asked.operationName) ? { ...asked, operationName: null } : asked;

/**
 * Sends what GraphiQL asks. The schema is asked for with the page's own keys, so that documentation and completion are there
 * for a person who has put a session token in place of the master key.
 */
export const createFetcher =
  (
    { graphQLPath, headers: own }: PlaygroundConfig,
    onAnswer: OnAnswer,
    ask: Ask = askPlatform,
  ): GraphiQLProps['fetcher'] =>
  async (asked, { headers: typed = {} } = {}) => {
    const isSchemaQuery = asked.operationName === SCHEMA_QUERY;
    const headers = isSchemaQuery && hasMasterKey(own) ? own : typed;
    const response = await send(ask, graphQLPath, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(withoutStaleName(asked)),
    });
    const answer = await response.json();
    if (!isSchemaQuery) onAnswer(answer, headers);
    return answer;
  };
