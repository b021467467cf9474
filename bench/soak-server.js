import { fromBuild } from './build.js';

const { startServer } = await fromBuild('node.js');
// The server of soak.js: it measures itself when it is asked to, and tells what is still open after it was closed.

let isClosing = false;

process.on('message', (message) => answer(message));
process.on('disconnect', () => isClosing || process.exit(1)); // soak.js is gone
void [process.stdout, process.stderr]; // both are opened when they are first named

/** What is open, by kind: the channel to soak.js and the console are not the emulator's. */
const before = process.getActiveResourcesInfo();

const server = await startServer({ port: 0, db: process.argv[2], bcryptRounds: 4 });

const measure = () => {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 1e6, resident: rss / 1e6, handles: process.getActiveResourcesInfo().length };
};

const leftOpen = () => {
  const left = process.getActiveResourcesInfo();
  for (const kind of before) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
  return left;
};

const answer = async (message) => {
  if (message === 'measure') return process.send(measure());
  isClosing = true;
  await server.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.send({ left: leftOpen() });
  process.disconnect();
};

process.send({ url: server.url });
