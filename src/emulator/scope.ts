/** Values that hold for one asynchronous flow: what runs in `run`, and all that it begins, finds its own value. */
export interface Scope<Value> {
  /** The value of the present flow; undefined outside of all. */
  get(): Value | undefined;
  run<Result>(value: Value, work: () => Result): Result;
}

type Storage<Value> = { getStore(): Value | undefined; run<Result>(value: Value, work: () => Result): Result };

/** The part of a platform that has flows. There is no standard yet; Node, Deno and Bun agree on this. */
type Platform = {
  readonly getBuiltinModule?: (name: string) => { readonly AsyncLocalStorage?: new <Value>() => Storage<Value> };
};

/**
 * Asks the platform for its asynchronous flows, as a thing that is there or not, so that nothing is imported and the same
 * file runs in browsers. Where there are none (a page runs one test at a time), `run` merely calls `work`.
 */
export const createScope = <Value>(
  platform: Platform | undefined = Reflect.get(globalThis, 'process'),
): Scope<Value> => {
  const AsyncLocalStorage = platform?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage;
  if (!AsyncLocalStorage) return { get: () => undefined, run: (_value, work) => work() };
  const storage = new AsyncLocalStorage<Value>();
  return { get: () => storage.getStore(), run: (value, work) => storage.run(value, work) };
};
