import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Where a machine that sums up results wants them, beside the text for people. */
const results = process.env['TEST_RESULTS'];

export default defineConfig({
  test: {
    // one copy of graphql for our source and for the packages that Node loads by itself; two refuse each other's schemas
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
    // files share their worker's modules, which saves half of the suite's time; whatever a file changes, it puts back
    isolate: false,
    maxWorkers: 3, // of which one or two wait for another process, most of the time
    testTimeout: 60_000, // a machine that is busy with other things needs several times as long
    hookTimeout: 60_000,
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/{live,recordings,schema}.test.ts', 'test/{examples,package,packed,torture}/**'],
        },
      },
      { extends: true, test: { name: 'conformance', include: ['test/conformance/{live,recordings,schema}.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/{package,packed,torture}/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'examples', include: ['test/examples/*.test.ts'], maxConcurrency: 2 } },
    ],
  },
});
