import type { Emulator } from 'parse-users-emulator';

/** Asks GraphQL as nobody. Returns the data, and throws the first error. */
export const ask = async (emulator: Emulator, query: string, variables = {}): Promise<unknown> => {
  const response = await emulator.fetch('http://localhost:1337/graphql', {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
};
