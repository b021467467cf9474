import { currentScope, runInScope } from './scope.ts';

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;

const own = new WeakSet<object>();

/** Prints a line; what cloud code prints says which trigger or function printed it, and in which request. */
const printIn = (print: () => void, printTold: (prefix: string) => void): void => {
  const scope = currentScope();
  if (scope?.running === undefined) {
    print();
    return;
  }
  const { parse, running, request } = scope;
  const prefix = request === undefined ? `[${running}]` : `[${running}, ${request}]`;
  runInScope({ parse }, () => printTold(prefix)); // somebody may have put us beneath themselves
};

/** From now on, lines of cloud code are told apart. All else is printed as it is. */
export const printWithRequest = (): void => {
  for (const level of LEVELS) {
    const print = console[level];
    if (own.has(print)) continue;
    const printWith = (...given: unknown[]): void =>
      printIn(
        () => print.apply(console, given),
        (prefix) => {
          const [first, ...rest] = given;
          if (typeof first === 'string') print.call(console, `${prefix} ${first}`, ...rest);
          else print.call(console, prefix, ...given);
        },
      );
    own.add(printWith);
    console[level] = printWith;
  }
};
