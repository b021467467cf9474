import { expect, test } from '@jest/globals';

test('plain jsdom has no TextEncoder, and counts as a browser', async () => {
  await expect(import('parse-users-emulator')).rejects.toThrow('TextEncoder is not defined');
  await expect(import('parse-users-emulator/node')).rejects.toThrow('jest-fixed-jsdom');
});
