import type { OptionName } from '../../options/table.ts';
import type { Reason } from '../../parse/reason.ts';

/** How explanations name what their reader can do. */
export type Say = {
  /** An option, as the reader gives it. */
  readonly option: (name: OptionName) => string;
  /** Where functions and triggers come from. */
  readonly code: string;
  /** Everything that the emulator was started with. */
  readonly options: string;
  /** Moves the time on. */
  readonly advance: string;
  /** Goes back to the seed. */
  readonly reset: string;
  /** Shows the mail. */
  readonly outbox: string;
  /** Makes a user. */
  readonly createUser: string;
  /** Verifies the address of a user. */
  readonly verifyEmail: string;
  /** Makes the headers of a client that is logged in. */
  readonly headers: string;
  /** Shows the whole state. */
  readonly state: string;
  /** Shows the GraphQL schema. */
  readonly schema: string;
  /** Takes all faults back. */
  readonly clearFaults: string;
  /** What of an answer is the version's own, in a sentence; absent: nothing is. */
  readonly ofVersion?: (reason: Reason) => string | undefined;
};

/** To those who make the emulator in a program. */
export const IN_PROGRAM: Say = {
  option: (name) => `the option ${name}`,
  code: 'the options functions and triggers, or cloud code',
  options: 'emulator.options',
  advance: 'emulator.clock.advance({ minutes: 10 })',
  reset: 'emulator.reset()',
  outbox: 'emulator.outbox',
  createUser: 'emulator.users.create({ username, password, email })',
  verifyEmail: 'emulator.users.verifyEmail(username)',
  headers: 'emulator.headersFor(username)',
  state: 'emulator.snapshot()',
  schema: 'emulator.printSchema()',
  clearFaults: 'emulator.faults.clear()',
};

/** A cause and a hint, in the words of its reader. */
export type Row = (say: Say) => readonly [cause: string, hint: string];
