import { readdirSync, readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/index.ts';

/** A request as it was recorded; its texts may hold placeholders. */
export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly json?: Json;
  readonly text?: string;
};

/** What a real Parse Server answered; a part that is not there is not compared. */
export type RecordedResponse = {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string | null };
  readonly json?: Json;
  readonly text?: string;
};

/** As much of a mail as is compared. */
export type RecordedMail = { readonly kind: string; readonly to: string; readonly link: string };

export type Exchange = { readonly request: RecordedRequest; readonly response: RecordedResponse };

export type Step = Exchange | { readonly mail: readonly RecordedMail[] } | { readonly sleep: number };

/** A conversation that starts with no objects. `options` are Parse Server's own. */
export type Scenario = { readonly name: string; readonly options?: JsonObject; readonly steps: readonly Step[] };

export type Recording = { readonly fileName: string; readonly scenarios: readonly Scenario[] };

const FOLDER = new URL('./recordings/', import.meta.url);

/** Every recording, in the order of the file names. */
export const readRecordings = (): readonly Recording[] =>
  readdirSync(FOLDER)
    .sort()
    .map((fileName) => ({
      fileName,
      scenarios: JSON.parse(readFileSync(new URL(fileName, FOLDER), 'utf8')).scenarios,
    }));
