import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInRanges, toIpRange } from '../../src/options/ip-ranges.ts';

describe('ranges of addresses', () => {
  it.each([
    ['127.0.0.1', ['127.0.0.1'], true],
    ['127.0.0.2', ['127.0.0.1', '::1'], false],
    ['::1', ['127.0.0.1', '::1'], true],
    ['0:0:0:0:0:0:0:1', ['::1'], true],
    ['::ffff:127.0.0.1', ['127.0.0.1'], true],
    ['::ffff:7f00:1', ['127.0.0.1'], true],
    ['10.0.1.77', ['10.0.1.0/24'], true],
    ['10.0.2.77', ['10.0.1.0/24'], false],
    ['fe80::abcd', ['fe80::/10'], true],
    ['203.0.113.5', ['0.0.0.0/0'], true],
    ['203.0.113.5', ['0.0.0.0'], true],
    ['203.0.113.5', ['::/0'], false],
    ['2001:db8::5', ['::0'], true],
    ['2001:db8::5', ['0.0.0.0/0'], false],
    ['127.0.0.1', [], false],
    ['', ['0.0.0.0/0', '::/0'], false],
    ['127.0.0.1.elsewhere', ['0.0.0.0/0', '::/0'], false],
  ])('%s in %j: %s', (ip, ranges, expected) => {
    expect(isInRanges(ip, ranges)).toBe(expected);
  });

  it.each([
    'localhost',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4/33',
    '::1/129',
    '::1::',
    '1:2:3:4:5:6:7',
    '1.2.3.4/',
    '1.2.3.4/a',
    '12345::',
    '',
  ])('%j is none', (text) => {
    expect(toIpRange(text)).toBeUndefined();
  });

  it('are those of Node', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, address, fc.nat(128), (ip, base, given) => {
        const version = isIPv4(base) ? 'ipv4' : 'ipv6';
        const length = Math.min(given, version === 'ipv4' ? 32 : 128);
        if (isIPv4(ip) !== isIPv4(base) || length === 0) return;
        const list = new BlockList();
        list.addSubnet(base, length, version);
        expect(isInRanges(ip, [`${base}/${length}`])).toBe(list.check(ip, version));
      }),
      { numRuns: 500 },
    );
  });
});
