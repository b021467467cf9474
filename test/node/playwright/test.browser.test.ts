import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../src/node/index.ts';
import { findChromium, inBrowser } from '../../support/browser.ts';
import { freshEnvironment, runToTheEnd } from '../../support/workspace.ts';
import { startPage } from './page.ts';

const SUITE = fileURLToPath(new URL('suite/', import.meta.url));
const PLAYWRIGHT = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
const chromium = findChromium();

let results: string;

beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'playwright-'));
});

afterAll(() => rm(results, { recursive: true, force: true }));

const start = (apps?: 'any') =>
  startServer({
    port: 0,
    bcryptRounds: 4,
    verifyUserEmails: true,
    liveQuery: { classNames: ['_User'] },
    seed: { _User: [{ username: 'johndoe', password: 'secret' }] },
    ...(apps && { apps }),
  });

const runSuite = async (emulator: string, workers: number): Promise<string> => {
  const page = await startPage(emulator);
  const env = freshEnvironment({
    CHROMIUM: chromium,
    PAGE_URL: page.url,
    PARSE_EMULATOR_URL: emulator,
    WORKERS: String(workers),
    RESULTS: results,
    NO_COLOR: '1',
  });
  try {
    return await runToTheEnd(process.execPath, [PLAYWRIGHT, 'test', '--config', SUITE], { cwd: SUITE, env });
  } finally {
    page.close();
  }
};

describe.skipIf(!chromium)(inBrowser('the test of Playwright’s'), () => {
  it('gives two workers an application each, with an application id that the page knows nothing of', async () => {
    await using server = await start('any');
    expect(await runSuite(server.url, 2)).toContain('10 passed');
    expect(server.emulator.snapshot()['_User']).toHaveLength(1);
  });

  it('says which flag the emulator lacks for two workers', async () => {
    await using server = await start();
    await expect(runSuite(server.url, 2)).rejects.toThrow('Start it with --apps any, or run one worker');
  });
});
