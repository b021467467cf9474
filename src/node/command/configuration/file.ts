import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../../parse/user-error.ts';
import { messageOf } from '../../json/file-error.ts';
import { readJsonFile } from '../../json/text.ts';

const MODULES = new Set(['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']);

/** Whether a word of the command line is the name of a configuration file. */
export const isConfigurationFile = (word: string): boolean => MODULES.has(extname(word)) || extname(word) === '.json';

/** The module's default export, or what it exports as `config`: Parse Server's example project has it so. */
const exportOf = async (path: string): Promise<unknown> => {
  let exported: { readonly default?: unknown; readonly config?: unknown };
  try {
    exported = await import(/* @vite-ignore */ pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new UserError(`Failed to read ${path}: ${messageOf(error)}`, { cause: error });
  }
  const whole = exported.default ?? exported.config;
  const named: unknown = typeof whole === 'object' && whole !== null ? Reflect.get(whole, 'config') : undefined;
  const found = exported.config ?? named ?? whole;
  return typeof found === 'function' ? Reflect.apply(found, undefined, []) : found;
};

/** Parse Server's older form lists one application: `{ "apps": [{ "appId": … }] }`. */
const onlyApp = (config: unknown, path: string): unknown => {
  const apps: unknown = Object(config).apps;
  if (!Array.isArray(apps) || apps.length === 0 || typeof apps[0] !== 'object') return config;
  if (apps.length === 1) return apps[0];
  throw new UserError(`Failed to read ${path}: it lists ${apps.length} applications. Parse Server takes one`);
};

/** The options in a configuration file, be it JSON or a module. Rejects with a message that names the file. */
export const readConfigurationFile = async (path: string): Promise<object> => {
  const config = onlyApp(MODULES.has(extname(path)) ? await exportOf(path) : await readJsonFile(path), path);
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw new UserError(`Failed to read ${path}: it has no object with options`);
};
