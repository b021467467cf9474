import type { TestContext } from 'vitest';

/** What a test function is called with, wherever Vitest puts the context. */
type TestFunction = (...args: unknown[]) => unknown;

/** Runs the body of a test in the surroundings that its context asks for. */
export type Surround = <Result>(context: TestContext, body: () => Result) => Result;

/** The members of `test` that answer a `test` of the same kind. */
const CHAIN = new Set(['concurrent', 'sequential', 'skip', 'only', 'todo', 'fails']);
const ANSWERS_TEST = new Set(['extend', 'skipIf', 'runIf']);

/** Vitest reads from the text of a function which fixtures it wants: a wrapper shows the text of what it wraps. */
const wrap = (body: unknown, at: number, surround: Surround): unknown => {
  if (typeof body !== 'function') return body;
  const wrapped: TestFunction = (...args) =>
    surround(args[at] as TestContext, () => Reflect.apply(body, undefined, args));
  return Object.assign(wrapped, { toString: () => body.toString() });
};

/** `(name, body)`, `(name, options, body)` and `(name, body, timeout)`. */
const wrapArguments = ([name, ...rest]: unknown[], at: number, surround: Surround): unknown[] => [
  name,
  ...rest.map((argument) => wrap(argument, at, surround)),
];

/**
 * A `test` of Vitest's whose bodies run in surroundings, in all its forms: `test.concurrent`, `test.for`, `test.extend`, and so
 * on. The bodies of `test.each` are left as they are, since Vitest hands them no context.
 */
export const bindTest = <Test extends object>(test: Test, surround: Surround): Test => {
  const call = (method: object, at: number) =>
    new Proxy(method as TestFunction, {
      apply: (target, self, args) => Reflect.apply(target, self, wrapArguments(args, at, surround)),
    });
  const member = (name: string, value: object): unknown => {
    if (CHAIN.has(name)) return bindTest(value, surround);
    if (name === 'for')
      return (...cases: unknown[]) => call(Reflect.apply(value as TestFunction, test, cases) as object, 1);
    if (ANSWERS_TEST.has(name)) {
      return (...args: unknown[]) => bindTest(Reflect.apply(value as TestFunction, test, args) as object, surround);
    }
    return (value as TestFunction).bind(test);
  };
  return new Proxy(test, {
    apply: (target, self, args) => Reflect.apply(target as TestFunction, self, wrapArguments(args, 0, surround)),
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' && typeof name === 'string' ? member(name, value) : value;
    },
  });
};
