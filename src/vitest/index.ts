/**
 * A `test` of Vitest's that gives each test an emulator, MSW in front of it, and clients.
 * @module parse-users-emulator/vitest
 */
export { expect } from 'vitest';
export type { JsonObject } from '../parse/record.ts';
export { createTest, type EmulatorFixtures, type EmulatorTest, type TestOptions, test } from './test.ts';
export type { GraphQLResult, TestUser } from './test-user.ts';
