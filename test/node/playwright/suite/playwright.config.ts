import { defineConfig } from '@playwright/test';
import type { EmulatorTestOptions, EmulatorWorkerOptions } from '../../../../src/node/playwright/index.ts';

const { CHROMIUM, PAGE_URL = '', WORKERS = '2', RESULTS = '' } = process.env;
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

export default defineConfig<EmulatorTestOptions, EmulatorWorkerOptions>({
  fullyParallel: true,
  workers: Number(WORKERS),
  timeout: 120_000,
  expect: { timeout: 60_000 },
  outputDir: RESULTS,
  reporter: 'line',
  use: {
    baseURL: PAGE_URL,
    sessionKey: 'sessionToken',
    launchOptions: { ...(CHROMIUM && { executablePath: CHROMIUM }), args },
  },
});
