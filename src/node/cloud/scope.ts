import { AsyncLocalStorage } from 'node:async_hooks';
import type { ParseSdk } from './parse-sdk.ts';

/** What runs on behalf of one emulator's cloud code. */
export type CloudScope = {
  readonly parse: ParseSdk;
  /** What it runs in: `beforeSave _User`, and the request that it belongs to, as far as there are any. */
  readonly running?: string | undefined;
  readonly request?: string | undefined;
};

const storage = new AsyncLocalStorage<CloudScope>();
const lent = new Set<ParseSdk>();

let before: PropertyDescriptor | undefined;
let outside: unknown;

/** Outside of all cloud code there is the program's own `Parse` or, where one emulator alone lends one, that one. */
const findParse = (): unknown => {
  const inside = storage.getStore()?.parse;
  if (inside) return inside;
  if (outside !== undefined) return outside;
  const [only, second] = lent;
  if (!second) return only;
  throw new Error(
    'Failed to find Parse: several emulators have cloud code, and this code runs in none of their functions or triggers. Take the Parse that the option cloud hands to a function, or require parse/node',
  );
};

/** Makes an SDK the global `Parse` of the code that runs in its scope. */
export const lendGlobal = (parse: ParseSdk): void => {
  if (lent.size === 0) {
    before = Object.getOwnPropertyDescriptor(globalThis, 'Parse');
    outside = before?.value;
    Object.defineProperty(globalThis, 'Parse', {
      configurable: true,
      enumerable: false,
      get: findParse,
      set: (value: unknown) => {
        outside = value;
      },
    });
  }
  lent.add(parse);
};

/** Takes it back; after the last one the global is what the program made of it. */
export const takeBackGlobal = (parse: ParseSdk): void => {
  if (!lent.delete(parse) || lent.size > 0) return;
  Reflect.deleteProperty(globalThis, 'Parse');
  if (before && outside === before.value) Object.defineProperty(globalThis, 'Parse', before);
  else if (outside !== undefined) Reflect.set(globalThis, 'Parse', outside);
  outside = undefined;
};

/** Runs work in a scope: what it begins finds the same. */
export const runInScope = <Result>(scope: CloudScope, work: () => Result): Result => storage.run(scope, work);

/** The scope of the code that runs now. */
export const currentScope = (): CloudScope | undefined => storage.getStore();
