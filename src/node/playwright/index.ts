/**
 * A `test` of Playwright's with an emulator: an application for each worker, who is logged in, the inbox, the clock and faults.
 * @module parse-users-emulator/playwright
 */
export { expect } from '@playwright/test';
export type {
  EmulatorFixtures,
  EmulatorTest,
  EmulatorTestOptions,
  EmulatorWorkerFixtures,
  EmulatorWorkerOptions,
} from './test.ts';
export { test } from './test.ts';
