import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { nodesOf, parseSource, readSource, type SourceFile } from './source-file.ts';

/** What reads a text: `text.startsWith('a')`, `/a/.test(text)`. */
const READERS = new Set([
  'startsWith',
  'endsWith',
  'includes',
  'indexOf',
  'match',
  'matchAll',
  'search',
  'test',
  'exec',
]);

const isMessage = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node) && node.name.text === 'message') ||
  (ts.isIdentifier(node) && node.text === 'message');

const readsMessage = (node: ts.Node): boolean => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return READERS.has(name.text) && [expression, ...node.arguments].some(isMessage);
};

/** Files that look for words in the message of an error. */
const readersOfMessages = (files: readonly SourceFile[]): string[] =>
  files.filter(({ tree }) => [...nodesOf(tree)].some(readsMessage)).map(({ path }) => path);

/** graphql-js and Node tell some of their errors apart by the message alone, and Apollo Server reads them, too. */
const ERRORS_OF_OTHERS = [
  'graphql/dialects/apollo-2.ts',
  'graphql/errors.ts',
  'graphql/execution/execute.ts',
  'graphql/execution/introspection.ts',
  'node/cloud/files.ts',
];

describe('src', () => {
  const files = readSource();

  it('tells its own errors apart by what happened, never by their message', () => {
    expect(readersOfMessages(files).filter((path) => !ERRORS_OF_OTHERS.includes(path))).toEqual([]);
  });
});

describe('these checks', () => {
  it('find who reads a message', () => {
    const found = ['/a/.test(error.message)', "message.startsWith('a')", "x.message.includes('b')"].map((text) =>
      readersOfMessages([parseSource('a.ts', text)]),
    );
    expect(found).toEqual([['a.ts'], ['a.ts'], ['a.ts']]);
    expect(readersOfMessages([parseSource('a.ts', "send(error.message); text.startsWith('a')")])).toEqual([]);
  });
});
