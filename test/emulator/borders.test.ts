import { expect, it } from 'vitest';
import { createEmulator } from '../../src/index.ts';

const FIXTURES = () => ({
  schemas: [{ className: 'Note', fields: { list: { type: 'Array' }, map: { type: 'Object' } } }],
  _User: [{ username: 'ann', password: 'x', ACL: { '*': { read: true } } }],
  Note: [{ list: [{ deep: 1 }], map: { deep: { deeper: 1 } } }],
});

/** Tries to change every part of a value, however deep; what is frozen says no. */
const vandalize = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) vandalize(inner);
  for (const name of [...Object.keys(value), 'planted']) Reflect.set(value, name, 'vandalized');
};

const create = async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  const fixtures = FIXTURES();
  await emulator.seed(fixtures);
  return { emulator, fixtures };
};

it('what is handed over stays the caller’s: editing it changes no state, and no seed', async () => {
  const { emulator, fixtures } = await create();
  const before = JSON.stringify(emulator.snapshot());
  vandalize(fixtures);
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  const fields = { username: 'bob', ACL: { '*': { read: true } } };
  await emulator.users.create(fields);
  fields.ACL['*'].read = false; // it is not frozen either
  expect((await emulator.users.find('bob'))?.['ACL']).toMatchObject({ '*': { read: true } });
  const snapshot = structuredClone(emulator.snapshot()) as Record<string, unknown>;
  const restored = JSON.stringify(snapshot);
  await emulator.restore(snapshot as never);
  vandalize(snapshot);
  expect(JSON.stringify(emulator.snapshot())).toBe(restored);
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

it('what is handed out changes no state, no seed, no original and no fork', async () => {
  const { emulator } = await create();
  const before = JSON.stringify(emulator.snapshot());
  const fork = emulator.fork();
  for (const one of [emulator, fork]) {
    vandalize(one.snapshot());
    vandalize(await one.users.find('ann'));
  }
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  expect(JSON.stringify(fork.snapshot())).toBe(before);
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

it('a function and an intercept get a user whose parts nobody can change', async () => {
  const emulator = createEmulator({
    bcryptRounds: 4,
    functions: {
      meddle: ({ user, params }) => {
        vandalize(user);
        vandalize(params);
        return 1;
      },
    },
  });
  await emulator.users.create({ username: 'ann', ACL: { '*': { read: true } } });
  const headers = await emulator.headersFor('ann');
  const before = JSON.stringify(emulator.snapshot());
  emulator.intercept('health', ({ user, proceed }) => {
    vandalize(user);
    return proceed();
  });
  const body = JSON.stringify({ text: { deep: 1 } });
  for (const path of ['/parse/functions/meddle', '/graphql?query={health}']) {
    const init = path.includes('meddle') ? { method: 'POST', body } : {};
    expect((await emulator.fetch(new Request(`http://localhost${path}`, { ...init, headers }))).status).toBe(200);
  }
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});
