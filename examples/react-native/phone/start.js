import { webcrypto } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';

/** Of these two Metro takes the files for browsers (seen with Metro 0.84). */
const asMetro = {
  name: 'as-metro',
  async resolveId(specifier, importer, options) {
    if (!/^@mswjs\/interceptors\/(fetch|XMLHttpRequest)$/.test(specifier)) return undefined;
    const found = await this.resolve(specifier, importer, { ...options, skipSelf: true });
    return found && { ...found, id: found.id.replace('/lib/node/', '/lib/browser/') };
  },
};

/** Bundles a file with the conditions by which Metro finds packages. Answers its code, and the modules that it lacks. */
const bundle = async (file) => {
  const build = await rolldown({
    input: fileURLToPath(new URL(file, import.meta.url)),
    platform: 'neutral',
    plugins: [asMetro],
    resolve: {
      conditionNames: ['react-native', 'import'],
      mainFields: ['react-native', 'browser', 'main'],
      aliasFields: [['browser']],
    },
    onLog: () => {},
  });
  const { output } = await build.generate({ format: 'iife' });
  await build.close();
  return { code: output[0].code, lacks: output[0].imports };
};

/** What Hermes has beyond the language, and what the two polyfills bring that need a phone: URL and random values. */
const platform = () => ({
  atob,
  btoa,
  clearInterval,
  clearTimeout,
  console,
  crypto: { getRandomValues: (array) => webcrypto.getRandomValues(array) },
  performance: { now: () => performance.now() },
  queueMicrotask,
  setInterval,
  setTimeout,
  TextEncoder,
  URL,
  URLSearchParams,
});

/** Runs a file where nothing of Node is. Answers what it leaves in `globalThis.app`. */
export const startPhone = async (file) => {
  const { code, lacks } = await bundle(file);
  if (lacks.length > 0) throw new Error(`${file} imports what no phone has: ${lacks.join(', ')}`);
  const context = createContext(platform());
  runInContext('globalThis.global = globalThis.window = globalThis.self = globalThis', context);
  runInContext('globalThis.navigator = { product: "ReactNative" }; globalThis.process = { env: {} }', context);
  runInContext(code, context, { filename: file });
  return context.app;
};
