import { describe, expect, it } from 'vitest';
import { canRead, canWrite, normaliseAcl } from '../../src/parse/acl.ts';
import type { AclMap, ParseRecord } from '../../src/parse/record.ts';

const record = (ACL?: AclMap): ParseRecord =>
  ({ objectId: 'a', createdAt: '', updatedAt: '', ...(ACL && { ACL }) }) as ParseRecord;

describe('an ACL', () => {
  it.each([
    ['none lets everybody in', undefined, ['*'], true, true],
    ['an empty one lets nobody in', {}, ['*', 'u'], false, false],
    ['public read', { '*': { read: true } }, ['*'], true, false],
    ['a user', { u: { read: true, write: true } }, ['*', 'u'], true, true],
    ['another user', { u: { read: true, write: true } }, ['*', 'v'], false, false],
    ['a role', { 'role:staff': { write: true } }, ['*', 'v', 'role:staff'], false, true],
  ] as const)('%s', (_, acl, subjects, reads, writes) => {
    expect(canRead(record(acl), new Set(subjects))).toBe(reads);
    expect(canWrite(record(acl), new Set(subjects))).toBe(writes);
  });

  it('is stored without rights that are false, readers first, then those who may only write', () => {
    const stored = normaliseAcl({
      w: { read: false, write: true },
      none: { read: false, write: false },
      b: { read: true, write: true },
      '*': { read: true, write: false },
    });
    expect(Object.entries(stored)).toEqual([
      ['b', { read: true, write: true }],
      ['*', { read: true }],
      ['w', { write: true }],
    ]);
  });
});
