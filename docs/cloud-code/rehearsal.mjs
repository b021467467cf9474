// Runs examples/cloud-code on a real Parse Server and on the emulator, with the same cloud/main.js, and prints what both answer. Run it
// after `npm run build`, with an empty database:
//
//   DATABASE_URI=postgres://postgres@127.0.0.1:5432/app PARSE_SERVER=/folder/where/parse-server/is/installed \
//     node docs/cloud-code/rehearsal.mjs
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../dist/node.js';
import { walk } from '../../examples/cloud-code/walk.mjs';

const cloud = fileURLToPath(new URL('../../examples/cloud-code/cloud/main.js', import.meta.url));
const { DATABASE_URI: databaseURI, PARSE_SERVER: home = process.cwd() } = process.env;
const PORT = 1498;

const startReal = async () => {
  const require = createRequire(join(home, 'any.js'));
  const { ParseServer, ParseGraphQLServer } = require('parse-server');
  const server = new ParseServer({
    databaseURI,
    appId: 'APPLICATION_ID',
    masterKey: 'MASTER_KEY',
    serverURL: `http://127.0.0.1:${PORT}/parse`,
    allowClientClassCreation: true,
    cloud,
    silent: true,
  });
  await server.start();
  const app = require('express')();
  app.use('/parse', server.app);
  new ParseGraphQLServer(server, { graphQLPath: '/graphql' }).applyGraphQL(app);
  const listening = app.listen(PORT, '127.0.0.1');
  return { url: `http://127.0.0.1:${PORT}`, close: () => listening.close() };
};

const real = await startReal();
const expected = await walk(real.url);
real.close();
const emulator = await startServer({ port: 0, cloud, bcryptRounds: 4 });
const actual = await walk(emulator.url);
await emulator.close();

for (const [place, line] of expected.entries()) {
  console.log(line);
  if (actual[place] !== line) console.log(`  the emulator: ${actual[place]}`);
}
const same = expected.filter((line, place) => actual[place] === line).length;
console.log(`${same} of ${expected.length} answers are the same.`);
process.exit(same === expected.length ? 0 : 1); // Parse Server leaves connections open
