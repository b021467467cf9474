import type { TestContext } from 'vitest';
import { isObjectOrList } from '../parse/record.ts';

type Callable = (...args: unknown[]) => unknown;

/** Runs a part of a test in the surroundings of that test, which is undefined for a part that belongs to none. */
export type Surround = <Result>(task: TestContext['task'] | undefined, part: () => Result) => Result;

/** The members of `test` that are a `test` of the same kind. */
const CHAIN = new Set(['concurrent', 'sequential', 'skip', 'only', 'todo', 'fails']);
/** Those that answer one. */
const CONDITIONS = new Set(['skipIf', 'runIf']);
/** Those that take fixtures, by name in an object, or as a name and a function. */
const FIXTURES = new Set(['extend', 'override', 'scoped']);
/** Those that take a hook, with the place where Vitest hands it the context. */
const HOOKS = new Map([
  ['beforeEach', 0],
  ['afterEach', 0],
  ['aroundEach', 1],
]);

const isCallable = (value: unknown): value is Callable => typeof value === 'function';

/** Vitest reads from the text of a function which fixtures it wants: a wrapper shows the text of what it wraps. */
const wrap = (part: unknown, at: number, surround: Surround): unknown => {
  if (!isCallable(part)) return part;
  const wrapped: Callable = (...args) => {
    const context = args[at] as Partial<TestContext> | undefined;
    return surround(context?.task, () => Reflect.apply(part, undefined, args));
  };
  return Object.assign(wrapped, { toString: () => part.toString() });
};

const wrapFixture = (fixture: unknown, surround: Surround): unknown =>
  Array.isArray(fixture) ? [wrap(fixture[0], 0, surround), ...fixture.slice(1)] : wrap(fixture, 0, surround);

const wrapFixtures = ([first, ...rest]: unknown[], surround: Surround): unknown[] => {
  if (!isObjectOrList(first)) return [first, ...rest.map((one) => wrap(one, 0, surround))];
  return [Object.fromEntries(Object.entries(first).map(([name, one]) => [name, wrapFixture(one, surround)])), ...rest];
};

/** A body of `test.each` as one of `test.for`, which is handed the context as well. It takes no fixtures, and its text shows that. */
const spread = (body: unknown, isList: boolean): unknown => {
  if (!isCallable(body)) return body;
  const spreading: Callable = (row) => (isList ? body(...(row as unknown[])) : body(row));
  return Object.assign(spreading, { toString: () => '() => {}' });
};

const areLists = (cases: unknown[]): boolean =>
  cases.length === 1 && Array.isArray(cases[0]) && cases[0].every(Array.isArray);

/** A `test` of Vitest's, in all its forms, whose bodies, fixtures and hooks run in the surroundings of their test. */
export const bindTest = <Test extends object>(test: Test, surround: Surround): Test => {
  const apply = (method: Callable, args: unknown[]) => Reflect.apply(method, test, args);
  const wrapHook = (args: unknown[], at: number) => args.map((one) => wrap(one, at, surround));
  const wrapBody = ([name, ...rest]: unknown[], at: number) => [name, ...wrapHook(rest, at)]; // a class may be a name
  const bound = (made: unknown) => (isObjectOrList(made) || isCallable(made) ? bindTest(made, surround) : made);

  const bindFor =
    (method: Callable) =>
    (...cases: unknown[]) =>
    (...args: unknown[]) =>
      (apply(method, cases) as Callable)(...wrapBody(args, 1));
  const bindEach =
    (method: Callable) =>
    (...cases: unknown[]) =>
    (...args: unknown[]) =>
      bindFor(method)(...cases)(...args.map((one, at) => (at === 0 ? one : spread(one, areLists(cases)))));

  const member = (name: string, method: Callable): Callable => {
    const at = HOOKS.get(name);
    if (CHAIN.has(name)) return bindTest(method, surround);
    if (CONDITIONS.has(name)) return (...args) => bound(apply(method, args));
    if (FIXTURES.has(name)) return (...args) => bound(apply(method, wrapFixtures(args, surround)));
    if (at !== undefined) return (...args) => apply(method, wrapHook(args, at));
    if (name === 'for') return bindFor(method);
    if (name === 'each') return bindEach(Reflect.get(test, 'for', test) as Callable);
    return method;
  };
  return new Proxy(test, {
    apply: (target, self, args) => Reflect.apply(target as Callable, self, wrapBody(args, 0)),
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return isCallable(value) && typeof name === 'string' ? member(name, value) : value;
    },
  });
};
