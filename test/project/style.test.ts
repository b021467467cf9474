import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { nodesOf, parseSource, readSource, type SourceFile } from './source-file.ts';

type Place = { readonly place: string; readonly lines: number };

const lineOf = ({ tree }: SourceFile, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1;

const toPlace = (file: SourceFile, node: ts.Node): Place => {
  const start = lineOf(file, node.getStart());
  return { place: `${file.path}:${start}`, lines: lineOf(file, node.getEnd()) - start + 1 };
};

const isFunction = (node: ts.Node): boolean => ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

const functionsOf = (file: SourceFile): Place[] =>
  [...nodesOf(file.tree)].filter(isFunction).map((node) => toPlace(file, node));

const isAssertion = (node: ts.Node): boolean =>
  ts.isAsExpression(node) && !ts.isConstTypeReference(node.type) && node.type.kind !== ts.SyntaxKind.UnknownKeyword;

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** Exports with no sentence above them. Names that are passed on are told of where they come from. */
const untoldExports = (file: SourceFile): string[] =>
  file.tree.statements
    .filter((statement) => isExported(statement) && ts.getJSDocCommentsAndTags(statement).length === 0)
    .map((statement) => toPlace(file, statement).place);

const NODE_NAMES = new Set(['Buffer', 'process', 'require', 'setImmediate', '__dirname', '__filename']);

const isFreeName = (node: ts.Node): node is ts.Identifier => {
  if (!ts.isIdentifier(node) || !NODE_NAMES.has(node.text)) return false;
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return !isMember && !('name' in parent && parent.name === node);
};

/** Where a file names what only Node has. */
const nodeNames = (file: SourceFile): string[] =>
  [...nodesOf(file.tree)].filter(isFreeName).map((node) => `${toPlace(file, node).place} ${node.text}`);

const quantile = (places: readonly Place[], share: number): number =>
  places.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor((places.length - 1) * share)] ?? 0;

const medianOf = (places: readonly Place[]): number => quantile(places, 0.5);

/** One text, which reads best in one piece. */
const SDL = 'graphql/schema/base-sdl.ts';

const longerThan = (limit: number, places: readonly Place[]): Place[] => places.filter(({ lines }) => lines > limit);

describe('src', () => {
  const files = readSource();
  const functions = files.flatMap(functionsOf);

  it('has small files, but for the text of the schema', () => {
    const sizes = files.map(({ path, lines }) => ({ place: path, lines })).filter(({ place }) => place !== SDL);
    expect(longerThan(300, sizes)).toEqual([]);
    expect(medianOf(sizes)).toBeLessThanOrEqual(80);
  });

  it('has short functions', () => {
    expect(longerThan(60, functions)).toEqual([]);
    expect(medianOf(functions)).toBeLessThanOrEqual(8);
    expect(quantile(functions, 0.9)).toBeLessThanOrEqual(30);
  });

  it('says a sentence about every export', () => {
    expect(files.flatMap(untoldExports)).toEqual([]);
  });

  it('names Node in src/node alone', () => {
    expect(files.filter(({ path }) => !path.startsWith('node/')).flatMap(nodeNames)).toEqual([]);
  });

  it('asserts few types', () => {
    const assertions = files.flatMap(({ tree }) => [...nodesOf(tree)].filter(isAssertion));
    const lines = files.reduce((sum, file) => sum + file.lines, 0);
    expect((assertions.length / lines) * 1000).toBeLessThan(5);
  });
});

describe('these checks', () => {
  it('measure functions', () => {
    const file = parseSource('a.ts', 'const f = () => {\n  return 1;\n};\nfunction g() { return 2; }\n');
    expect(functionsOf(file)).toEqual([
      { place: 'a.ts:1', lines: 3 },
      { place: 'a.ts:4', lines: 1 },
    ]);
  });

  it('find exports that nobody has told of', () => {
    const file = parseSource(
      'a.ts',
      "export { x } from './x.ts';\n/** Told. */\nexport const a = 1;\n// not told\nexport const b = 1;\nexport type C = 1;",
    );
    expect(untoldExports(file)).toEqual(['a.ts:5', 'a.ts:6']);
  });

  it('find names that only Node has', () => {
    const file = parseSource('a.ts', 'Buffer.from(a.process); const x = { process: 1 };\nprocess.exit();');
    expect(nodeNames(file)).toEqual(['a.ts:1 Buffer', 'a.ts:2 process']);
  });

  it('count assertions, `as const` aside', () => {
    const { tree } = parseSource(
      'a.ts',
      "const a = 1 as const; const b = x as string; import { c as d } from './c.ts';",
    );
    expect([...nodesOf(tree)].filter(isAssertion)).toHaveLength(1);
  });
});
