import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonFile } from '../../../src/node/data-file/json-file.ts';
import { bundle } from '../../support/bundle.ts';
import { newFolder } from '../../support/folder.ts';

const KILLS = 8;

describe('a process that is killed while it writes', () => {
  it('has lost nothing that it acknowledged, and kept nothing by half', async () => {
    const folder = await newFolder();
    const path = join(folder, 'users.json');
    const storm = await bundle(new URL('../storm.ts', import.meta.url), folder);
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < KILLS; round += 1) {
      const child = spawn(process.execPath, [storm, path, `r${round}-`], { stdio: ['ignore', 'pipe', 'inherit'] });
      let printed = '';
      child.stdout.on('data', (chunk) => (printed += chunk));
      const some = 40 + Math.random() * 80;
      while (printed.split('\n').length <= some) await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(existsSync(`${path}.lock`)).toBe(true);
      for (const [, objectId = '', version] of printed.matchAll(/^(\S+) (\d)$/gm))
        acknowledged.set(objectId, Number(version));

      const file = jsonFile(path);
      const snapshot = await file.read();
      const users = new Map(snapshot?.['_User']?.map(({ objectId, version }) => [String(objectId), Number(version)]));
      const sessions = new Map(
        snapshot?.['_Session']?.map(({ objectId, version }) => [String(objectId), Number(version)]),
      );
      expect(sessions).toEqual(users);
      const order = [1, 2, 3, 0, 4];
      for (const [objectId, version] of acknowledged) {
        const found = order.indexOf(users.get(objectId) ?? 0);
        // One commit more may have reached the disk before the process could say so.
        expect([order.indexOf(version), order.indexOf(version) + 1]).toContain(found);
      }
      await file.close();
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS * 5);
  });
});
