import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { codeOf } from '../json/file-error.ts';
import { importOwn } from './es-modules.ts';
import { isInstalled, type Modules } from './modules.ts';

const ES_EXTENSIONS = new Set(['.mjs', '.mts', '.ts']);
const COMMON_EXTENSIONS = new Set(['.cjs', '.cts', '.json']);

/** The type that the nearest package.json gives to its files. */
const packageTypeOf = (folder: string): string | undefined => {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { type }: { type?: string } = JSON.parse(readFileSync(manifest, 'utf8'));
    return type;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : packageTypeOf(parent);
};

const ES_SYNTAX =
  /import statement outside a module|Unexpected token 'export'|Cannot use 'import.meta'|await is only valid/;

const hasEsSyntax = (filename: string): boolean => {
  try {
    compileFunction(readFileSync(filename, 'utf8').replace(/^#!/, '//'));
    return false;
  } catch (error) {
    return error instanceof SyntaxError && ES_SYNTAX.test(error.message);
  }
};

const isEsModule = (filename: string): boolean => {
  const extension = extname(filename);
  if (ES_EXTENSIONS.has(extension)) return true;
  if (COMMON_EXTENSIONS.has(extension)) return false;
  const type = packageTypeOf(dirname(filename));
  return type === undefined ? hasEsSyntax(filename) : type === 'module';
};

/** The file and the line that a line of a stack names, as `at load (file:///a/main.mjs:3:5)` or `/a/main.js:2`. */
const readPlace = (line: string): { readonly path: string; readonly line: string } => {
  const text = line.trim();
  const place = text.endsWith(')') ? text.slice(text.lastIndexOf('(') + 1, -1) : text.slice(text.lastIndexOf(' ') + 1);
  const [path = '', row = ''] = place.replace('file://', '').split(':');
  return { path: path.split('?')[0] ?? '', line: row };
};

/** Where in which file something went wrong: the first place in the stack that is of the application, if any is. */
export const placeIn = (stack: string): string | undefined => {
  const places = stack.split('\n').map(readPlace);
  const own = places.find(
    ({ path, line }) => path.startsWith('/') && Number(line) > 0 && !isInstalled(path) && existsSync(path),
  );
  return own && `${relative(process.cwd(), own.path)}:${own.line}`;
};

/** Whether this Node strips types by itself; the types of older ones do not know the word. */
const stripsTypes = (): boolean => Boolean(Reflect.get(process.features, 'typescript'));

/** Whether a file is TypeScript, which this Node leaves as it is: nobody has taught it, else it would not have failed. */
const isUnreadTypeScript = (thrown: unknown, filename: string): boolean =>
  !stripsTypes() && (/\.[cm]?ts$/.test(filename) || /Unknown file extension "\.[cm]?ts"/.test(String(thrown)));

const toError = (thrown: unknown, filename: string): Error => {
  if (isUnreadTypeScript(thrown, filename)) {
    const place = relative(process.cwd(), filename);
    return new Error(
      `Failed to load cloud code: ${place}: Node ${process.version} does not read TypeScript; 22.18 and later do`,
      { cause: thrown },
    );
  }
  const isError = thrown instanceof Error;
  const place = (isError ? placeIn(thrown.stack ?? '') : undefined) ?? relative(process.cwd(), filename);
  const told = isError ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new Error(`Failed to load cloud code: ${place}: ${told}`, { cause: thrown });
};

/** Loads a file of the application, be it CommonJS, an ES module or TypeScript. Rejects with an error that names file and line. */
export const loadFile = async (filename: string, modules: Modules): Promise<unknown> => {
  if (!existsSync(filename)) throw new Error(`Failed to load cloud code: there is no file ${filename}`);
  try {
    return isEsModule(filename) ? await importOwn(pathToFileURL(filename), modules) : modules.load(filename);
  } catch (error) {
    throw toError(error, filename);
  }
};

/**
 * Where a module is that a configuration names: a path below the working folder, as with Parse Server, or a package that is installed
 * there; undefined for neither.
 */
export const locateModule = (name: string): string | undefined => {
  const path = resolve(name);
  if (existsSync(path)) return path;
  try {
    return createRequire(resolve('package.json')).resolve(name);
  } catch (error) {
    if (['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
};
