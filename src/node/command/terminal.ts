import { codeOf, reasonOf } from '../json/file-error.ts';

/** Where a command prints, and how it learns that it is to end. */
export interface Terminal {
  /** Prints lines that were asked for. */
  print(text: string): void;
  /** Prints a line for a person beside that. */
  warn(text: string): void;
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

/** The terminal that the process was started from. */
export const processTerminal = (): Terminal => {
  process.stdout.on('error', failUnlessGone);
  process.stderr.on('error', () => undefined); // there is nowhere left to say it
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    warn: (text) => void process.stderr.write(`${text}\n`),
    untilStopped: waitForSignal,
  };
};
