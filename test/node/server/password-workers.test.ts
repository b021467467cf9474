import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPasswordWorkers, type PasswordWorkers } from '../../../src/node/server/password-workers.ts';
import { newFolder } from '../../support/folder.ts';

const create = (file?: URL): PasswordWorkers => {
  const workers = createPasswordWorkers(file);
  onTestFinished(() => workers.close());
  return workers;
};

const workerOf = async (code: string): Promise<URL> => {
  const path = join(await newFolder(), 'worker.mjs');
  await writeFile(path, `import { parentPort } from 'node:worker_threads';\n${code}`);
  return pathToFileURL(path);
};

describe('createPasswordWorkers', () => {
  it('hashes on the main thread where there is no built worker', async () => {
    const workers = create(new URL('./nowhere.js', import.meta.url));
    const passwordHash = await workers.hash('secret', 4);
    expect(passwordHash).toMatch(/^\$2b\$04\$/);
    expect(await workers.compare('secret', passwordHash)).toBe(true);
    expect(await workers.compare('other', passwordHash)).toBe(false);
    expect(await workers.compare('secret', 'no hash')).toBe(false);
  });

  it('gives each job its own outcome', async () => {
    const workers = create(
      await workerOf('parentPort.on("message", (job) => parentPort.postMessage({ value: job.password }));'),
    );
    const passwords = Array.from({ length: 20 }, (_, index) => `p${index}`);
    expect(await Promise.all(passwords.map((password) => workers.hash(password, 4)))).toEqual(passwords);
  });

  it('passes a failure on', async () => {
    const workers = create(
      await workerOf('parentPort.on("message", () => parentPort.postMessage({ failure: "no luck" }));'),
    );
    await expect(workers.hash('secret', 4)).rejects.toThrow('no luck');
  });

  it.each(['throw new Error("broken");', 'parentPort.on("message", () => process.exit(1));', 'not even code'])(
    'goes on by itself when the worker dies of `%s`',
    async (code) => {
      const workers = create(await workerOf(code));
      const hashes = await Promise.all(['a', 'b', 'c'].map((password) => workers.hash(password, 4)));
      expect(hashes).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^\$2b\$04\$/)));
    },
  );

  it('does on the main thread what was not done when it is closed', async () => {
    const workers = create(await workerOf('parentPort.on("message", () => undefined);'));
    const hashes = Promise.all([workers.hash('a', 4), workers.hash('b', 4), workers.hash('c', 4)]);
    await workers.close();
    expect(await hashes).toHaveLength(3);
  });
});
