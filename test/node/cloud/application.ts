import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, type EmulatorOptions, type JsonObject } from '../../../src/index.ts';

/** A folder with files of an application; the SDK is found in the folder of the tests. */
export const createApplication = (files: { readonly [name: string]: string }) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-code-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    path: (name: string): string => join(folder, name),
    write,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
};

/** An emulator of which REST is asked. */
export const createClient = (
  options: EmulatorOptions,
  emulator: Emulator = createEmulator({ bcryptRounds: 4, ...options }),
) => ({
  emulator,
  async ask(
    method: string,
    path: string,
    body?: JsonObject,
    headers: { [name: string]: string } = {},
  ): Promise<JsonObject> {
    const response = await emulator.fetch(
      new Request(`http://localhost:1337/parse${path}`, {
        method,
        headers: { ...(await emulator.headersFor()), 'Content-Type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return (await response.json()) as JsonObject;
  },
  [Symbol.asyncDispose]: () => emulator.close(),
});

export const MASTER: { [name: string]: string } = { 'X-Parse-Master-Key': 'MASTER_KEY' };
