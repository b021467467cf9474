import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/node/command/cli.ts';

/** The operations of Parse's guide, and one on a class of the application's own. */
const DOCUMENTS = `
mutation SignUp($fields: CreateUserFieldsInput) { signUp(input: { fields: $fields }) { viewer { sessionToken user { id username email } } } }
mutation LogIn($input: LogInInput!) { logIn(input: $input) { viewer { sessionToken user { id displayName birthday } } } }
query Me { viewer { sessionToken user { id username emailVerified } } }
mutation LogOut { logOut(input: {}) { ok } }
query Todos($where: TodoWhereInput, $order: [TodoOrder!]) {
  todos(where: $where, order: $order) { count edges { cursor node { id title done owner { username } } } }
}
`;

/** Code of an application that holds the generated types to their word: each \`@ts-expect-error\` must be one. */
const USE = `
import type { CreateUserFieldsInput, LogInMutation, MeQuery, TodoOrder, TodosQuery } from './types.ts';

export const fields: CreateUserFieldsInput = { username: 'johndoe', password: 'secret', displayName: 'John', phone: null };
// @ts-expect-error a username is text
export const wrong: CreateUserFieldsInput = { username: 5 };
export const nameOf = ({ viewer }: MeQuery): string => viewer.sessionToken + (viewer.user.username ?? '');
export const shown = (answer: LogInMutation): string | null | undefined => answer.logIn?.viewer.user.displayName;
export const titles = ({ todos }: TodosQuery): (string | null | undefined)[] =>
  (todos.edges ?? []).map((edge) => edge?.node?.title);
export const order: TodoOrder[] = ['priority_DESC' as TodoOrder];
// @ts-expect-error nobody is shown a password
export const password = ({ viewer }: MeQuery): string => viewer.user.password;
`;

const DEMO = fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url));
const TSC = fileURLToPath(import.meta.resolve('typescript/lib/tsc.js'));

describe('GraphQL Code Generator on what the schema command prints', () => {
  it('gives types that an application compiles with', async () => {
    const printed: string[] = [];
    const print = (text: string) => printed.push(text);
    await main(['schema', '--memory', '--seed', DEMO], { print, warn: print, untilStopped: async () => 'SIGTERM' });
    const schema = parse(printSchema(buildSchema(printed.join('\n'))));
    const output = await codegen({
      schema,
      documents: [{ location: 'application.graphql', document: parse(DOCUMENTS) }],
      config: {},
      filename: 'types.ts',
      plugins: [{ operations: {} }],
      pluginMap: { operations },
    });
    const folder = await mkdtemp(join(tmpdir(), 'codegen-'));
    try {
      await writeFile(join(folder, 'types.ts'), output);
      await writeFile(join(folder, 'use.ts'), USE);
      const compilerOptions = {
        noEmit: true,
        strict: true,
        target: 'es2022',
        module: 'esnext',
        moduleResolution: 'bundler',
        allowImportingTsExtensions: true,
        types: [],
      };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
      const run = promisify(execFile)(process.execPath, [TSC, '-p', folder], { cwd: folder });
      expect((await run.catch((error: { stdout: string }) => error)).stdout).toBe('');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
