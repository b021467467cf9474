import * as nodeModule from 'node:module';
import { evaluateText, type Modules } from './modules.ts';

/** The name of the parameter that tells the emulators' modules apart. */
const MARK = 'parse-cloud';
const SHELF = Symbol.for('parse-users-emulator.parse');

let count = 0;

/** Where modules of each emulator find their own SDK: Node's hooks hand over text, and no objects. */
const shelf = new Map<string, unknown>();

/**
 * What becomes of a name that a module of an emulator imports: `parse/node` is the SDK that it was lent, and an ES module of the
 * application is evaluated anew. It is text, since Node runs it in a thread of its own.
 */
const HOOK = `
const own = (url) => { const at = /[?&]${MARK}=(\\d+)/.exec(url ?? ''); return at?.[1]; };
const lent = (id) => ({
  url: 'data:text/javascript,' + encodeURIComponent(
    'const parse = globalThis[Symbol.for("parse-users-emulator.parse")].get("' + id + '"); export default parse; export const Parse = parse;'),
  format: 'module',
  shortCircuit: true,
});
const marked = (found, id) =>
  found.url.startsWith('file:') && !found.url.includes('/node_modules/') && found.format !== 'commonjs' && found.format !== 'json'
    ? { ...found, url: found.url + (found.url.includes('?') ? '&' : '?') + '${MARK}=' + id }
    : found;
`;

const ASYNCHRONOUS = `${HOOK}
export const resolve = async (name, context, next) => {
  const id = own(context.parentURL);
  if (id === undefined) return next(name, context);
  return name === 'parse/node' || name === 'parse/node.js' ? lent(id) : marked(await next(name, context), id);
};`;

type Import = (address: string) => Promise<unknown>;

let imports: Import | undefined;

/** Node's own import, also where this file is itself run by something else, such as Vitest. */
const importByNode: Import = (address) => {
  imports ??= Object(evaluateText('module.exports = (address) => import(address);', 'import.cjs')) as Import;
  return imports(address);
};

let isRegistered = false;

const register = (): void => {
  if (isRegistered) return;
  isRegistered = true;
  Reflect.set(globalThis, SHELF, shelf);
  nodeModule.register(`data:text/javascript,${encodeURIComponent(ASYNCHRONOUS)}`);
};

/** Imports an ES module of the application, evaluated for one emulator alone, with what it imports of the application in turn. */
export const importOwn = (url: URL, { lent }: Pick<Modules, 'lent'>): Promise<unknown> => {
  register();
  count += 1;
  shelf.set(String(count), lent?.get('parse/node'));
  const own = new URL(url);
  own.searchParams.set(MARK, String(count));
  return importByNode(own.href);
};
