import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const HEADERS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };

const todo = { className: 'Todo', fields: { title: { type: 'String' } } } as const;

const start = (options: EmulatorOptions = {}) => {
  const emulator = createEmulator({ bcryptRounds: 4, schema: { definitions: [todo] }, ...options });
  const send = async (path: string, method: string, body?: object): Promise<unknown> =>
    (
      await emulator.fetch(`http://localhost:1337${path}`, {
        method,
        headers: { ...HEADERS, 'Content-Type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
    ).json();
  return { emulator, send, put: (params: object) => send('/parse/graphql-config', 'PUT', { params }) };
};

describe('graphQLConfig', () => {
  it('shows the classes as it says, until the master key says otherwise', async () => {
    const { emulator, send, put } = start({ graphQLConfig: { enabledForClasses: ['Todo'] } });
    expect(emulator.printSchema()).toContain('type Todo ');
    expect(emulator.printSchema()).not.toContain('type User ');
    expect(await send('/parse/graphql-config', 'GET')).toEqual({ enabledForClasses: ['Todo'] });
    await put({ disabledForClasses: ['Todo'] });
    expect(emulator.printSchema()).not.toContain('type Todo ');
    expect(emulator.printSchema()).toContain('type User ');
  });

  it('comes back with a reset and goes with a snapshot', async () => {
    const { emulator, put } = start();
    await put({ disabledForClasses: ['Todo'] });
    const snapshot = emulator.snapshot();
    await emulator.reset();
    expect(emulator.printSchema()).toContain('type Todo ');
    await emulator.restore(snapshot);
    expect(emulator.printSchema()).not.toContain('type Todo ');
  });

  it.each([
    [{ enabledForClasses: [''] }, '"enabledForClasses" is not a valid array'],
    [{ classes: [] }, 'encountered invalid keys: [classes]'],
    [{ classConfigs: {} }, '"classConfigs" is not a valid array'],
    [{ classConfigs: [{ className: ' ' }] }, 'classConfig:  is invalid because "className" must be a valid string'],
    [
      { classConfigs: [{ className: 'Todo', query: { get: 'yes' } }] },
      'classConfig:Todo is invalid because "query.get" must be a boolean',
    ],
    [
      { classConfigs: [{ className: 'Todo', mutation: { createAlias: 1 } }] },
      'classConfig:Todo is invalid because "mutation.createAlias" must be a string',
    ],
    [
      { classConfigs: [{ className: 'Todo', type: { sortFields: [{ field: 'title', asc: true }] } }] },
      'classConfig:Todo is invalid because "sortField" at index 0 did not provide "asc" or "desc" as booleans',
    ],
    [
      { classConfigs: [{ className: '_User', type: { inputFields: { create: ['username'] } } }] },
      'classConfig:_User is invalid because "inputFields.create" must include required fields, username and password',
    ],
  ])('%j is refused in the words of Parse Server', (config, problem) => {
    const options = { graphQLConfig: config } as unknown as EmulatorOptions;
    expect(() => createEmulator(options)).toThrow(`Failed to start: graphQLConfig: Invalid graphQLConfig: ${problem}`);
  });

  it.each([
    [{ query: { getAlias: 'my todo' } }, '"my todo" is not a name in GraphQL'],
    [{ type: { sortFields: [{ field: 'a.b', asc: true, desc: false }] } }, '"a.b_ASC" is not a name in GraphQL'],
    [{ type: { sortFields: [{ field: 'a', asc: false, desc: false }] } }, 'sortFields leave nothing to sort by'],
  ])('%j is refused when the emulator is made, not by the first request', (config, problem) => {
    expect(() => start({ graphQLConfig: { classConfigs: [{ className: 'Todo', ...config }] } })).toThrow(
      `Failed to show the class Todo in GraphQL: graphQLConfig: ${problem}`,
    );
  });
});
