import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type Consumer, installPackage } from '../support/consumer.ts';
import { findUntold } from './told.ts';

const USAGE = fileURLToPath(new URL('../types/usage.ts', import.meta.url));

let consumer: Consumer;
let usage: string;

beforeAll(async () => {
  consumer = await installPackage();
  usage = await readFile(USAGE, 'utf8');
});

afterAll(() => consumer?.[Symbol.asyncDispose]());

const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} satisfies { readonly [name: string]: ts.CompilerOptions };

/** What a user has who asks for much and gives little: every check, no types of Node's, no library beyond the language and the DOM. */
const STRICTEST: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: false,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
};

const compile = async (text: string, options: ts.CompilerOptions): Promise<ts.Program> => {
  const path = join(consumer.folder, 'usage.ts');
  await writeFile(path, text);
  await writeFile(join(consumer.folder, 'package.json'), '{ "type": "module" }');
  return ts.createProgram([path], { ...STRICTEST, ...options });
};

/** The compiler's complaints about the user's file and our own, each with its file, its line and its first sentence. */
const complaintsOf = (program: ts.Program): string[] => {
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(consumer.folder));
  const diagnostics = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return diagnostics.map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
    const path = file?.fileName.replace(`${consumer.folder}/`, '') ?? '';
    return `${path}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0]}`;
  });
};

describe('the packed types', () => {
  it.each([
    ['nodenext', true],
    ['nodenext', false],
    ['bundler', true],
    ['bundler', false],
  ] as const)('fit what users write: %s, exactOptionalPropertyTypes %s', async (resolution, isExact) => {
    const program = await compile(usage, { ...RESOLUTIONS[resolution], exactOptionalPropertyTypes: isExact });
    const checked = program.getSourceFiles().map(({ fileName }) => fileName.slice(consumer.folder.length + 1));
    expect(checked).toEqual(expect.arrayContaining(['usage.ts', 'node_modules/parse-users-emulator/dist/node.d.ts']));
    expect(complaintsOf(program)).toEqual([]);
  });

  it('refuse each mistake on its own account', async () => {
    const mark = '// @ts-expect-error';
    const mistakes = usage.split('\n').flatMap((line, i) => (line.includes(mark) ? [i + 1] : []));
    const program = await compile(usage.replaceAll(mark, '//'), RESOLUTIONS.nodenext);
    const found = complaintsOf(program).map((complaint) => {
      const line = Number(/^usage\.ts:(\d+) /.exec(complaint)?.[1]);
      return mistakes.findLast((mistake) => line > mistake && line <= mistake + 3) ?? complaint;
    });
    expect(mistakes.length).toBeGreaterThan(25);
    expect([...new Set(found)]).toEqual(mistakes);
  });

  it('tell of every export and of every member', async () => {
    const entries = Object.entries(packageJson.exports).flatMap(([name, entry]) =>
      // what the option cloud loads by itself is nobody's to call
      typeof entry === 'object' && name !== './cloud' ? [join(consumer.installed, entry.types)] : [],
    );
    const program = ts.createProgram(entries, { ...STRICTEST, ...RESOLUTIONS.nodenext });
    const { untold, count } = findUntold(program, entries, {
      folder: consumer.installed,
      knows: (path) => /^OPTIONS\.\w+$/.test(path), // each is an OptionRow
    });
    expect(count).toBeGreaterThan(400);
    expect(untold).toEqual([]);
  });
});

describe('findUntold', () => {
  const host = ts.createCompilerHost({});
  const read = host.getSourceFile.bind(host);
  const libraries = new Map<string, ts.SourceFile | undefined>();

  const find = (text: string) => {
    host.getSourceFile = (path, target) => {
      if (path === '/own/a.ts') return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      if (!libraries.has(path)) libraries.set(path, read(path, target));
      return libraries.get(path);
    };
    const program = ts.createProgram(['/own/a.ts'], { ...STRICTEST }, host);
    return findUntold(program, ['/own/a.ts'], { folder: '/own/', knows: (path) => path === 'known' }).untold;
  };

  it.each([
    ['an export', 'export const a = 1;', ['a']],
    ['a member', '/** Told. */\nexport type A = { b: string };', ['A.b']],
    ['a parameter', '/** Told. */\nexport const f = (a: { b: string }): void => {};', ['f(a).b']],
    ['a result', '/** Told. */\nexport const f = (): Promise<{ b: string }[]> => Promise.resolve([]);', ['f().b']],
    ['values by name', '/** Told. */\nexport type A = { [name: string]: { b: 1 } | null };', ['A[…].b']],
    ['a comment behind', '/** Told. */\nexport type A = {\n  /** b */\n  b: 1; /** c */\n  c: 1;\n};', ['A.c']],
    ['an empty comment', '/** @default 1 */\nexport const a = 1;', ['a']],
    ['nothing that is known', '/** Told. */\nexport const known = { a: 1 };', []],
  ])('finds %s', (_, text, expected) => {
    expect(find(text)).toEqual(expected);
  });
});
