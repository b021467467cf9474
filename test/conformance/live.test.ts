import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createEmulator, type JsonObject } from '../../src/index.ts';
import { ORIGIN, toEmulatorOptions } from './in-process.ts';
import { type ClientSocket, type LiveScenario, type LiveTarget, playLive } from './live-player.ts';

const FOLDER = new URL('./live/', import.meta.url);

/** The recorded conversations; with `LIVE='FILE …'` those of other files in their place. */
const files = process.env['LIVE']?.split(/\s+/).filter(Boolean) ?? [
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => fileURLToPath(new URL(name, FOLDER))),
];

const scenariosOf = (file: string): readonly LiveScenario[] => JSON.parse(readFileSync(file, 'utf8')).scenarios;

const start = ({ liveQueryServer, ...options }: JsonObject): LiveTarget & AsyncDisposable => {
  const emulator = createEmulator(
    toEmulatorOptions({ ...options, ...(liveQueryServer && { liveQueryServerOptions: liveQueryServer }) }),
  );
  return {
    origin: ORIGIN,
    fetch: (request) => emulator.fetch(request),
    outbox: async () => emulator.outbox,
    sleep: async (milliseconds) => emulator.clock.advance({ milliseconds }),
    open() {
      const heard: string[] = [];
      const socket: ClientSocket = {
        heard,
        isClosed: false,
        send: (frame) => connection.receive(frame),
        close: () => connection.end(),
      };
      const connection = emulator.live.connect({
        send: (frame) => void heard.push(frame),
        close: () => Object.assign(socket, { isClosed: true }),
      });
      return socket;
    },
    // in one process everything is answered before the next turn of the event loop
    quiet: () => new Promise((resolve) => setImmediate(resolve)),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
};

for (const file of files) {
  describe(`live/${basename(file)}`, () => {
    for (const scenario of scenariosOf(file)) {
      it(scenario.name, async () => {
        await using target = start(scenario.options ?? {});
        expect(await playLive(scenario, target)).toEqual([]);
      });
    }
  });
}
