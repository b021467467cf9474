import type { JsonObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Subject } from './tool.ts';

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text; // a fault may answer anything
  }
};

/** Asks GraphQL as the arguments say and returns what a client would read. */
export const askGraphQL = async (given: JsonObject, { emulator, masterKey }: Subject): Promise<unknown> => {
  const { graphQLURL } = await emulator.about();
  const headers = await emulator.headersFor(typeof given['as'] === 'string' ? given['as'] : undefined);
  const address = new URL(new URL(graphQLURL).pathname, emulator.url); // its own word for it may be another's view
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...headers,
        ...(given['asMaster'] === true && { 'X-Parse-Master-Key': masterKey }),
      },
      body: JSON.stringify({ query: given['query'], variables: given['variables'] }),
    });
    return { status: response.status, body: await bodyOf(response) };
  } catch (cause) {
    throw new UserError('Failed to ask GraphQL: the connection broke, as a fault may have wished', { cause });
  }
};
