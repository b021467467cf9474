import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { codeOf, reasonOf } from '../json/file-error.ts';

/** Where a command prints, and how it learns that it is to end. */
export interface Terminal {
  /** Prints lines that were asked for. */
  print(text: string): void;
  /** Prints a line for a person beside that. */
  warn(text: string): void;
  /** The text as it stands out, where there is a person to see it; not given: as it is. */
  strong?(text: string): string;
  /** Asks a person for a secret, which is not shown; not given, or undefined: there is none to ask. */
  ask?(question: string): Promise<string | undefined>;
  /** Puts a text into the line that a person watches, in place of the one before; not given: nobody does. */
  redraw?(text: string): void;
  /** The variables of the environment; not given: the process's. */
  readonly environment?: { readonly [name: string]: string | undefined } | undefined;
  /** Resolves with the signal by which a person or the system asks the process to end. */
  untilStopped(): Promise<NodeJS.Signals>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Who asks twice does not want to wait. */
const IMPATIENT = 130;

const waitForSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let isAsked = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (isAsked) process.exit(IMPATIENT);
        isAsked = true;
        resolve(signal);
      });
    }
  });

/** The reader of a pipe may have gone; but an answer that could not be written for another reason, such as a full disk, is a failure. */
const failUnlessGone = (error: Error): void => {
  if (codeOf(error) === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`Failed to print: ${reasonOf(error)}\n`);
};

/** Whether somebody looks on who wants colours (no-color.org, force-color.org). */
const hasColours = (): boolean => {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return FORCE_COLOR === undefined
    ? process.stdout.isTTY && process.stdout.hasColors()
    : !['', '0', 'false'].includes(FORCE_COLOR);
};

/** Asks for a line, of which nothing is shown. */
const askSecret = (question: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    process.stderr.write(question);
    const silent = new Writable({ write: (_part, _encoding, done) => done() });
    const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
    reader.once('close', () => resolve(undefined)); // nobody answers
    reader.once('line', (line) => {
      process.stderr.write('\n');
      resolve(line.trim());
      reader.close();
    });
  });

/** Writes over the line that was written last. */
const redrawLine = (text: string): void =>
  void process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);

/** The terminal that the process was started from. */
export const processTerminal = (): Terminal => {
  process.stdout.on('error', failUnlessGone);
  process.stderr.on('error', () => undefined); // there is nowhere left to say it
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    warn: (text) => void process.stderr.write(`${text}\n`),
    strong: hasColours() ? (text) => `\u001b[1m${text}\u001b[22m` : String,
    untilStopped: waitForSignal,
    ...(process.stdin.isTTY && { ask: askSecret }),
    ...(process.stderr.isTTY && { redraw: redrawLine }),
  };
};
