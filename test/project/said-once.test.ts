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

/** A class of Parse's own, by its name: `_User`. */
const isClassName = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && /^_[A-Z][A-Za-z]+$/.test(node.text);

/** The names of classes that files hold. */
const classNamesIn = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, tree }) =>
    [...nodesOf(tree)].filter(isClassName).map((node) => `${path} ${(node as ts.StringLiteral).text}`),
  );

/** Variables of a module that change: what emulators have in common, and one test could leave to the next. */
const changingVariables = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ tree }) =>
      tree.statements.some(
        (statement) => ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const),
      ),
    )
    .map(({ path }) => path);

/** Locks, hooks of Node's modules and the global Parse, of which a process has one each. */
const OF_THE_PROCESS = [
  'node/cloud/es-modules.ts',
  'node/cloud/scope.ts',
  'node/data-file/lock-owner.ts',
  'node/data-file/lock.ts',
];

describe('src', () => {
  const files = readSource();

  it('writes objects without knowing a class by its name: rules come with the context', () => {
    expect(classNamesIn(files.filter(({ path }) => path.startsWith('operations/objects/')))).toEqual([]);
  });

  it('keeps the state of emulators in emulators: only what a process has once is a variable of a module', () => {
    expect(changingVariables(files).filter((path) => !OF_THE_PROCESS.includes(path))).toEqual([]);
  });

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

  it('find names of classes, and variables that change', () => {
    expect(classNamesIn([parseSource('a.ts', "f('_User', '_id', `_Role`)")])).toEqual(['a.ts _User', 'a.ts _Role']);
    expect(changingVariables([parseSource('a.ts', 'let a = 1;'), parseSource('b.ts', 'const b = 1;')])).toEqual([
      'a.ts',
    ]);
  });
});
