import { describe, expect, it } from 'vitest';
import { findCycles, roomOf, wrongImports } from './rooms.ts';
import { parseSource, readSource } from './source-file.ts';

describe('src', () => {
  const files = readSource();

  it('has a room for every file', () => {
    expect(files.map(({ path }) => path).filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  it('imports downwards only, and packages only where they belong', () => {
    expect(files.flatMap(wrongImports)).toEqual([]);
  });

  it('has no cycles', () => {
    expect(findCycles(files)).toEqual([]);
  });
});

describe('wrongImports', () => {
  it.each([
    ['parse/acl.ts', "import { Store } from '../store/store.ts';"],
    ['parse/acl.ts', "import type { Store } from '../store/store.ts';"],
    ['store/store.ts', "export { signUp } from '../operations/users.ts';"],
    ['operations/users.ts', "const { routes } = await import('../rest/routes.ts');"],
    ['operations/users.ts', "import { OPTIONS } from '../options/table.ts';"],
    ['rest/users.ts', "import { execute } from '../graphql/execute.ts';"],
    ['http/app.ts', "import '../emulator.ts';"],
    ['msw/handlers.ts', "import { serve } from '../node/serve.ts';"],
    ['operations/users.ts', "import { hash } from 'bcryptjs';"],
    ['operations/users.ts', "import type { GraphQLSchema } from 'graphql';"],
    ['http/graphql.ts', "import { makeExecutableSchema } from '@graphql-tools/schema';"],
    ['parse/record.ts', "import { Low } from 'lowdb';"],
    ['http/app.ts', "import { createServer } from 'node:http';"],
    ['http/app.ts', "import { pad } from 'left-pad';"],
    ['new-room/new.ts', "import { ParseError } from '../parse/error.ts';"],
  ])('finds the wrong one in %s: %s', (path, text) => {
    expect(wrongImports(parseSource(path, text))).toHaveLength(1);
  });

  it.each([
    ['operations/users.ts', "import { ParseError } from '../parse/error.ts';"],
    ['operations/context.ts', "import type { Options } from '../options/table.ts';"],
    ['options/kinds.ts', "import type { OutboxMail } from '../operations/mail.ts';"],
    ['graphql/schema.ts', "import { GraphQLSchema } from 'graphql';"],
    [
      'node/command/cli.ts',
      "import yargs from 'yargs/yargs'; import { Low } from 'lowdb/node'; import fs from 'node:fs/promises';",
    ],
  ])('finds none in %s: %s', (path, text) => {
    expect(wrongImports(parseSource(path, text))).toEqual([]);
  });
});

describe('findCycles', () => {
  it('finds files that import each other', () => {
    const files = [
      parseSource('store/a.ts', "import { b } from './b.ts';"),
      parseSource('store/b.ts', "import { c } from './c.ts';"),
      parseSource('store/c.ts', "import { a } from './a.ts';"),
    ];
    expect(findCycles(files)).toEqual(['store/a.ts → store/b.ts → store/c.ts → store/a.ts']);
  });

  it('lets types go in a ring', () => {
    const files = [
      parseSource('store/a.ts', "import { b } from './b.ts';"),
      parseSource('store/b.ts', "import type { A } from './a.ts';"),
    ];
    expect(findCycles(files)).toEqual([]);
  });
});
