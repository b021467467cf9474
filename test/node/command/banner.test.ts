import { expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';
import { toBanner } from '../../../src/node/command/banner.ts';

const bannerAt = (host: string, options: EmulatorOptions = {}): string =>
  toBanner('1.0.0', {
    url: 'http://localhost:1337',
    host,
    emulator: createEmulator(options),
    db: undefined,
    logIns: [],
  });

it.each(['127.0.0.1', 'localhost', '::1'])('says nothing more of the master key at %s', (host) => {
  expect(bannerAt(host)).not.toContain('--master-key');
});

it('says how far the master key reaches where others in the network can ask', () => {
  expect(bannerAt('0.0.0.0')).toContain('The master key, which is the default, counts for this machine only.');
  expect(bannerAt('192.168.1.5')).toMatch(/--master-key with a key of your own, and --master-key-ips/);
  const own = bannerAt('0.0.0.0', { masterKey: 'own', masterKeyIps: ['10.0.0.0/8'] });
  expect(own).toContain('The master key counts for 10.0.0.0/8 only.');
  expect(own).not.toContain('a key of your own');
});
