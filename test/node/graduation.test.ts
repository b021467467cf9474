import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator.ts';
import { toExport } from '../../src/node/command/export.ts';
import { readSeeds, seedFrom } from '../../src/node/command/seeds/seeds.ts';
import { newFolder } from '../support/folder.ts';

const POINTER = { __type: 'Pointer', className: '_User', username: 'ann' };

const FIXTURES = {
  schemas: [{ className: 'Team', fields: { fans: { type: 'Relation', targetClass: '_User' } } }],
  _User: [
    { username: 'ann', password: 'secret', email: 'ann@example.com', authData: { google: { id: '7' } } },
    { username: 'bob' },
  ],
  _Role: [{ name: 'admin', ACL: {}, users: [POINTER] }],
  Team: [
    { name: 'reds', since: { __type: 'Date', iso: '2030-01-01T00:00:00.000Z' }, captain: POINTER, fans: [POINTER] },
  ],
};

const logIn = async (emulator: ReturnType<typeof createEmulator>): Promise<number> => {
  const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
  const url = 'http://localhost/parse/login?username=ann&password=secret';
  return (await emulator.fetch(new Request(url, { headers }))).status;
};

const withoutSessions = (emulator: ReturnType<typeof createEmulator>): unknown => {
  const { _Session: _, ...rest } = emulator.snapshot();
  return rest;
};

it('an export of Parse holds users with their hashes, roles, relations and classes, and nothing of the emulator', async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  await emulator.seed(FIXTURES);
  await logIn(emulator);
  const exported = toExport(emulator.snapshot(), 'parse');
  const [ann, bob] = exported['_User'] ?? [];
  const [admin] = exported['_Role'] ?? [];
  const [reds] = exported['Team'] ?? [];
  expect(Object.keys(exported).sort()).toEqual(
    ['Team', '_Join:fans:Team', '_Join:users:_Role', '_Role', '_User', 'schemas'].sort(),
  );
  expect(ann).toMatchObject({
    username: 'ann',
    authData: { google: { id: '7' } },
    bcryptPassword: emulator.snapshot()['_User']?.[0]?.['_hashed_password'],
  });
  expect(bob).not.toHaveProperty('bcryptPassword');
  expect(exported['_Join:users:_Role']).toEqual([{ owningId: admin?.['objectId'], relatedId: ann?.['objectId'] }]);
  expect(reds).toMatchObject({ captain: { __type: 'Pointer', className: '_User', objectId: ann?.['objectId'] } });
  expect(JSON.stringify(exported['_User'])).not.toContain('_hashed_password');
});

it('an export of Parse is a seed: the same state comes of it', async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  await emulator.seed(FIXTURES);
  const path = join(await newFolder(), 'export.json');
  await writeFile(path, JSON.stringify(toExport(emulator.snapshot(), 'parse')));
  const again = createEmulator();
  await seedFrom(again, await readSeeds([path]));
  expect(withoutSessions(again)).toEqual(withoutSessions(emulator));
  expect(await logIn(again)).toBe(200);
});

it('the files of a dashboard are seeds, each of the class that it is named after', async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  await emulator.seed(FIXTURES);
  const { schemas: _, ...classes } = toExport(emulator.snapshot(), 'parse');
  const folder = await newFolder();
  const relation = { __type: 'Relation', className: '_User' };
  for (const [className, rows] of Object.entries(classes)) {
    const shown = { _Role: { users: relation, roles: { ...relation, className: '_Role' } }, Team: { fans: relation } };
    const more = (shown as { [name: string]: object })[className];
    const results = rows.map((row) => ({ ...row, ...more }));
    await writeFile(join(folder, `${className}.json`), JSON.stringify({ results }));
  }
  const again = createEmulator();
  await seedFrom(again, await readSeeds(Object.keys(classes).map((className) => join(folder, `${className}.json`))));
  const { schemas, ...state } = again.snapshot();
  expect(state).toEqual(toPlain(emulator.snapshot()));
  expect(schemas).toContainEqual(
    expect.objectContaining({
      className: 'Team',
      fields: expect.objectContaining({ fans: { type: 'Relation', targetClass: '_User' } }),
    }),
  );
  expect(await logIn(again)).toBe(200);
});

const toPlain = ({ schemas: _, ...state }: ReturnType<ReturnType<typeof createEmulator>['snapshot']>): unknown => state;
