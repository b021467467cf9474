export { expect } from 'vitest';
export type { JsonObject } from '../parse/record.ts';
export { createTest, type EmulatorFixtures, type EmulatorTest, type TestOptions, test } from './test.ts';
export type { Answer, TestUser } from './test-user.ts';
