import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** One import (or re-export) of a source file. */
export type Import = {
  /** A path from `src` on for our own files, else the name as it is written. */
  readonly target: string;
  readonly isOwn: boolean;
  /** Whether it is gone once the types are erased. */
  readonly isType: boolean;
};

/** A source file, read and parsed. `path` counts from its folder on. */
export type SourceFile = {
  readonly path: string;
  readonly lines: number;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
};

const ROOT = new URL('../../', import.meta.url);

const isTypeOnly = (statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  return statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
};

/** Every node of a tree, the root first. */
export const nodesOf = function* (node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
};

const toImport = (path: string, name: string, isType: boolean): Import => {
  const isOwn = name.startsWith('.');
  return { target: isOwn ? posix.join(posix.dirname(path), name) : name, isOwn, isType };
};

const isDynamicImport = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;

const findImports = (path: string, tree: ts.SourceFile): Import[] =>
  [...nodesOf(tree)].flatMap((node) => {
    const isStatement = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const name = isStatement ? node.moduleSpecifier : isDynamicImport(node) ? node.arguments[0] : undefined;
    if (!name || !ts.isStringLiteral(name)) return [];
    return [toImport(path, name.text, isStatement && isTypeOnly(node))];
  });

/** Reads a text as the file of that path. */
export const parseSource = (path: string, text: string): SourceFile => {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { path, lines: text.trimEnd().split('\n').length, tree, imports: findImports(path, tree) };
};

/** Read once, whichever tests look at it. */
const read = new Map<string, readonly SourceFile[]>();

/** Every TypeScript file below a folder of the project. */
export const readSource = (folder: 'src' | 'playground' = 'src'): readonly SourceFile[] => {
  const known = read.get(folder);
  if (known) return known;
  const files = readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map((path) => parseSource(path.replaceAll('\\', '/'), readFileSync(new URL(`${folder}/${path}`, ROOT), 'utf8')));
  read.set(folder, files);
  return files;
};
