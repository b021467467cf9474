import { createEmulator } from '../../../emulator.ts';
import type { EmulatorOptions } from '../../../options/table.ts';
import { exchange } from '../exchange.ts';

/** What both sides are asked, below the mount path of REST, or as GraphQL. */
export type Call = {
  readonly protocol: 'graphql' | 'rest';
  readonly method: string;
  /** What follows the mount path, with its search part; of GraphQL the search part alone. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | undefined;
};

/** An answer, with its JSON where it is some. */
export type Reply = { readonly status: number; readonly body: unknown };

/** One of those that are compared. */
export interface Side {
  readonly name: string;
  ask(call: Call): Promise<Reply>;
  close(): Promise<void>;
}

const toBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A Parse Server elsewhere. */
export const remoteSide = (restUrl: string, graphQLUrl: string, signal?: AbortSignal): Side => ({
  name: 'server',
  async ask({ protocol, method, path, headers, body }) {
    const url = `${protocol === 'rest' ? restUrl : graphQLUrl}${path}`;
    const { status, text } = await exchange({ method, url, headers, body }, signal);
    return { status, body: toBody(text) };
  },
  close: async () => undefined,
});

const ORIGIN = 'http://localhost:1337';

/** An emulator of its own, in memory, with cheap hashes, as near to a Parse Server as it can be. */
export const emulatorSide = async (options: EmulatorOptions, seeds: readonly unknown[] = []): Promise<Side> => {
  const emulator = createEmulator({ legacyForms: false, bcryptRounds: 4, ...options });
  await emulator.ready;
  for (const fixtures of seeds) await emulator.seed(Object(fixtures));
  const { mountPath, graphQLPath } = emulator.options;
  return {
    name: 'emulator',
    async ask({ protocol, method, path, headers, body }) {
      const place = (protocol === 'rest' ? mountPath : graphQLPath).replace(/\/$/, '');
      const answer = await emulator.fetch(`${ORIGIN}${place}${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      });
      return { status: answer.status, body: toBody(await answer.text()) };
    },
    close: () => emulator.close(),
  };
};
