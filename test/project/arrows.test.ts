import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTRACTS, findCycles, folderSizes, roomOf, subRoomOf, wrongImports } from './rooms.ts';
import { parseSource, readSource } from './source-file.ts';

describe('src', () => {
  const files = readSource();

  it('has a room for every file', () => {
    expect(files.map(({ path }) => path).filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  it('imports downwards only, and packages only where they belong', () => {
    expect(files.flatMap(wrongImports)).toEqual([]);
  });

  it('has no cycles, those of types among them', () => {
    expect(findCycles(files)).toEqual([]);
  });

  it('has sub-rooms whose arrows lead one way', () => {
    expect(findCycles(files, subRoomOf)).toEqual([]);
  });

  it('has contracts that import types only', () => {
    const contracts = files.filter(({ path }) => CONTRACTS.includes(path));
    expect(contracts.map(({ path }) => path)).toEqual(CONTRACTS);
    expect(contracts.flatMap(({ imports }) => imports).filter(({ isType }) => !isType)).toEqual([]);
  });

  it('has each folder on the map, and no other', () => {
    const map = readFileSync(new URL('../../docs/map.md', import.meta.url), 'utf8');
    const drawn = [...map.matchAll(/^\| `([\w/-]+)` \|/gm)].map(([, folder]) => folder);
    const folders = Object.keys(folderSizes(files)).filter((folder) => folder !== '');
    expect(drawn.sort()).toEqual(folders.sort());
  });

  it('has folders that one can look over', () => {
    expect(Object.entries(folderSizes(files)).filter(([, size]) => size > 17)).toEqual([]);
  });
});

describe('wrongImports', () => {
  it.each([
    ['parse/acl.ts', "import { Store } from '../store/store.ts';"],
    ['parse/acl.ts', "import type { Store } from '../store/store.ts';"],
    ['store/store.ts', "export { signUp } from '../operations/users.ts';"],
    ['operations/users.ts', "const { routes } = await import('../rest/routes.ts');"],
    ['options/kinds.ts', "import type { Mail } from '../operations/mail.ts';"],
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

  it('finds those that do so for a type, and sub-rooms as a whole', () => {
    const files = [
      parseSource('http/wire/a.ts', "import { b } from '../routes/b.ts';"),
      parseSource('http/routes/b.ts', "import type { C } from './c.ts';"),
      parseSource('http/routes/c.ts', "import type { D } from '../wire/d.ts';"),
      parseSource('http/wire/d.ts', ''),
    ];
    expect(findCycles(files)).toEqual([]);
    expect(findCycles(files, subRoomOf)).toEqual(['http/wire → http/routes → http/wire']);
  });
});
