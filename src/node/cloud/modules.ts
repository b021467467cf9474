import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin, Module } from 'node:module';
import { dirname, extname, sep } from 'node:path';

type Exports = unknown;
type OwnModule = NodeJS.Module;
type Factory = (self: unknown, ...wrapped: unknown[]) => void;

/** CommonJS modules of one's own: evaluated anew here, whatever other emulators of the process have loaded. */
export interface Modules {
  /** Loads a file by its path and returns what it exports. */
  load(filename: string): Exports;
  /** The files that were loaded. */
  readonly files: ReadonlySet<string>;
  /** What stands in for packages. */
  readonly lent: Private['lent'];
}

/** What is shared with nobody, and what stands in for a package. */
export type Private = {
  /** Whether a file is evaluated anew; others are the process's. */
  isOwn(filename: string): boolean;
  /** What a name is answered with in place of a file. */
  readonly lent?: ReadonlyMap<string, Exports>;
};

const PARAMETERS = 'exports, require, module, __filename, __dirname';

type Compiled = { readonly modified: number; readonly factory: Factory };

// Each emulator evaluates the same files; they are compiled once, which is most of the work.
const compiled = new Map<string, Compiled>();

/** A script that begins with the line of a shell is one all the same. */
const withoutHashbang = (text: string): string => text.replace(/^\uFEFF/, '').replace(/^#!/, '//');

type NativeModule = OwnModule & { _compile(text: string, filename: string): void; load(filename: string): void };

const createNative = (filename: string): NativeModule => {
  const module: unknown = new Module(filename);
  return module as unknown as NativeModule;
};

/** What a text of CommonJS exports, by Node's own compiler, which knows `import()`, too. */
export const evaluateText = (text: string, filename: string): Exports => {
  const module = createNative(filename);
  module._compile(text, filename);
  return module.exports;
};

/** A file as a function that can be called for one emulator after the other; its lines keep their numbers. */
const compile = (filename: string): Factory => {
  const { mtimeMs: modified } = statSync(filename);
  const known = compiled.get(filename);
  if (known?.modified === modified) return known.factory;
  const text = withoutHashbang(readFileSync(filename, 'utf8'));
  const exported = evaluateText(`module.exports = function (${PARAMETERS}) {${text}\n};`, filename);
  const factory: Factory = (self, ...wrapped) => Reflect.apply(Object(exported), self, wrapped);
  compiled.set(filename, { modified, factory });
  return factory;
};

/** Whether a file is in the folder of some package that was installed. */
export const isInstalled = (filename: string): boolean => filename.includes(`${sep}node_modules${sep}`);

/** Modules of one's own; `lent` packages and the private files are this emulator's, everything else is the process's. */
export const createModules = ({ isOwn, lent }: Private): Modules => {
  const cache = new Map<string, OwnModule>();

  const evaluate = (filename: string, module: NativeModule, require: NodeJS.Require): void => {
    const extension = extname(filename);
    if (extension === '.json') module.exports = JSON.parse(withoutHashbang(readFileSync(filename, 'utf8')));
    else if (extension === '.js' || extension === '.cjs') {
      const factory = compile(filename);
      factory(module.exports, module.exports, require, module, filename, dirname(filename));
    } else {
      // TypeScript, or what somebody has taught Node: it looks up `require` at the module
      Object.assign(module, { require, filename });
      module.load(filename);
    }
  };

  const load = (filename: string): Exports => {
    const known = cache.get(filename);
    if (known) return known.exports;
    const module = createNative(filename);
    module.filename = filename;
    cache.set(filename, module);
    try {
      evaluate(filename, module, createOwnRequire(filename));
    } catch (error) {
      cache.delete(filename);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };

  const createOwnRequire = (from: string): NodeJS.Require => {
    const native = createRequire(from);
    const require = (name: string): Exports => {
      if (lent?.has(name)) return lent.get(name);
      if (isBuiltin(name)) return native(name);
      const filename = native.resolve(name);
      return isOwn(filename) ? load(filename) : native(name);
    };
    return Object.assign(require, {
      resolve: native.resolve,
      cache: native.cache,
      extensions: native.extensions,
      main: native.main,
    });
  };

  return {
    load,
    lent,
    get files() {
      return new Set(cache.keys());
    },
  };
};
