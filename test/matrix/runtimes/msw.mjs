/** Prints what MSW of this version intercepts in this runtime, and what becomes of a request that nobody handles. */
import { createServer } from 'node:http';
import { setupServer } from 'msw/node';
import { createHandlers } from 'parse-users-emulator/msw';

const network = createServer((_request, response) => response.end('network'));
await new Promise((resolve) => network.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${network.address().port}`;

const ask = async (path) => {
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ health }' }),
    });
    return (await response.text()).trim();
  } catch {
    return 'refused';
  }
};

const server = setupServer(...createHandlers({ bcryptRounds: 4 }));
const seen = {};
console.error = () => undefined; // MSW tells of each request that it refuses
server.listen({ onUnhandledRequest: 'error' });
seen.graphql = await ask('/graphql');
seen.onUnhandledRequest = await ask('/elsewhere');
server.close();
server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' });
seen.both = await ask('/elsewhere');
server.close();
network.close();
console.log(JSON.stringify(seen));
process.exit(); // Deno would wait for connections that are kept alive
