import { graphql } from 'graphql';
import { expect, it, vi } from 'vitest';
import type { GraphQLContext } from '../../../src/graphql/context.ts';
import { createSchemaSource, type SchemaSource, type Shown } from '../../../src/graphql/schema/source.ts';
import { createEmulator } from '../../../src/index.ts';
import { NO_FUNCTIONS } from '../../../src/operations/functions/table.ts';
import { putClass, Schemas } from '../../../src/operations/schemas.ts';
import { resolveOptions } from '../../../src/options/check.ts';
import { Store } from '../../../src/store/store.ts';
import { ask } from '../../support/ask.ts';

const CONFIG = {};
const HOOKED = { isHooked: true, isDescribed: false };

const createSource = (className: string, log = vi.fn(), shown?: Shown): SchemaSource => {
  const store = new Store(undefined);
  store.transact((transaction) => putClass({ className, fields: {} }, transaction));
  const hasSessions = (): boolean => true;
  const readConfig = (): typeof CONFIG => CONFIG;
  return createSchemaSource(
    new Schemas(store),
    resolveOptions({}),
    hasSessions,
    log,
    NO_FUNCTIONS.names,
    readConfig,
    shown,
  );
};

const resolversOf = (source: SchemaSource): unknown[] =>
  Object.values(source.get().getQueryType()?.getFields() ?? {}).map(({ resolve }) => resolve);

it('gives those who step in before root fields a schema of their own, and leaves the shared one as it is', async () => {
  const [one, other] = [createSource('Shared'), createSource('Shared')];
  const before = resolversOf(other);
  expect(one.get()).toBe(other.get());
  expect(one.get(HOOKED)).not.toBe(one.get());
  expect(one.get(HOOKED)).toBe(other.get(HOOKED));
  expect(resolversOf(other)).toEqual(before);
  const contextValue = { rootFieldHook: () => false } as unknown as GraphQLContext;
  const healthIn = (schema = one.get()): Promise<unknown> => graphql({ schema, source: '{ health }', contextValue });
  expect(await healthIn(one.get(HOOKED))).toEqual({ data: { health: false } });
  expect(await healthIn()).toEqual({ data: { health: true } });
});

it('goes on without a hook where an intercept has ended', async () => {
  const emulator = createEmulator();
  const end = emulator.intercept('health', () => false);
  expect(await ask(emulator, '{ health }')).toEqual({ data: { health: false } });
  expect(await ask(createEmulator(), '{ health }')).toEqual({ data: { health: true } });
  end();
  expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
});

it('warns of a name that is taken once for each emulator, and not again in what begins with it', () => {
  const [log, other, fork] = [vi.fn(), vi.fn(), vi.fn()];
  const source = createSource('PublicACL', log);
  source.get();
  source.get();
  createSource('PublicACL', other).get();
  createSource('PublicACL', fork, source.shown()).get();
  expect([log, other, fork].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
});
