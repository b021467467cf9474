import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { snippetModules } from './test/support/snippet-modules.ts';

/** Where a machine that sums up results wants them, beside the text for people. */
const results = process.env['TEST_RESULTS'];

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [snippetModules()],
  test: {
    // one copy of graphql for our source and for the packages that Node loads by itself; two refuse each other's schemas
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) },
      // what the option cloud loads by its name, and what the pages' code imports, is our source, too
      { find: 'parse-users-emulator/cloud', replacement: source('./src/node/cloud/index.ts') },
      { find: 'parse-users-emulator/vite', replacement: source('./src/node/vite/index.ts') },
      { find: /^parse-users-emulator$/, replacement: source('./src/index.ts') },
      { find: /^parse-users-emulator\/fixtures/, replacement: source('./fixtures/') },
      { find: /^parse-users-emulator\/(\w+)$/, replacement: source('./src/$1/index.ts') },
    ],
    // files share their worker's modules, which saves half of the suite's time; whatever a file changes, it puts back
    isolate: false,
    silent: 'passed-only', // what a test prints that passes is nobody's news
    maxWorkers: 3, // of which one or two wait for another process, most of the time
    // no test is bound by the clock: the limits only end what hangs
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['test/support/web-socket.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/conformance/{live,recordings,schema,versions}.test.ts',
            'test/{examples,package,matrix,torture}/**',
          ],
        },
      },
      {
        extends: true,
        test: { name: 'conformance', include: ['test/conformance/{live,recordings,schema,versions}.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/{package,matrix,torture}/*.test.ts'],
        },
      },
      { extends: true, test: { name: 'examples', include: ['test/examples/*.test.ts'], maxConcurrency: 2 } },
    ],
  },
});
