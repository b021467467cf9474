import { builtinModules } from 'node:module';
import { esmExternalRequirePlugin } from 'rolldown/plugins';
import { defineConfig, type UserConfig } from 'tsdown';
import { browserStubs } from './tools/browser-stubs.ts';
import { readableDeclarations } from './tools/readable-declarations.ts';
import { thirdPartyNotices } from './tools/third-party-notices.ts';

/** bcryptjs falls back on Node's `crypto` where there is no Web Crypto, as there is everywhere by now; a browser has no such module. */
const withoutNodeCrypto: UserConfig['plugins'] = {
  name: 'without-node-crypto',
  transform: (code, id) =>
    /[/\\]bcryptjs[/\\]/.test(id)
      ? code.replace('import nodeCrypto from "crypto";', 'const nodeCrypto = undefined;')
      : null,
};

const common: UserConfig = {
  format: 'esm',
  target: 'es2023',
  fixedExtension: false,
  plugins: [
    withoutNodeCrypto,
    esmExternalRequirePlugin({ external: [...builtinModules] }),
    thirdPartyNotices('dist/THIRD-PARTY-NOTICES.txt'),
    readableDeclarations(),
  ],
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
};

/**
 * What the library carries along, and nothing else: the newest of the graphql-tools ask for a newer Node than we do, and
 * would bring a graphql of their own.
 */
const carried = [
  /^@graphql-tools\//,
  '@noble/hashes',
  'bcryptjs',
  'cross-inspect',
  'fast-json-stable-stringify',
  'lowdb',
  'mime',
  'mingo',
  'otpauth',
  'path-to-regexp',
  'pluralize',
  'ws',
];

/** What somebody reads whose page, or whose build for a browser, has come upon an entry that takes Node. */
const instead = (entry: string, hint: string): string =>
  `Failed to load parse-users-emulator/${entry} in a browser: ${hint}`;

const IN_BROWSERS = {
  node: instead(
    'node',
    'it takes Node. Import createEmulator from "parse-users-emulator", or createHandlers from "parse-users-emulator/msw". In Jest, jsdom counts as a browser, and jest-fixed-jsdom does not',
  ),
  cloud: instead('cloud', 'cloud code takes Node. Give the functions to createEmulator, of "parse-users-emulator"'),
  vite: instead('vite', 'it is for vite.config.ts. A page asks the dev server: fetch("/graphql")'),
  vitest: instead(
    'vitest',
    'it takes Node. In Vitest\'s browser mode, give createHandlers of "parse-users-emulator/msw" to MSW\'s setupWorker',
  ),
  playwright: instead(
    'playwright',
    'it is for tests of Playwright\'s, which run in Node. A page takes connect, of "parse-users-emulator/client"',
  ),
};

/** One file with all it needs, which starts in half the time. */
const selfContained = (name: string, source: string): UserConfig => ({
  ...common,
  entry: { [name]: source },
  platform: 'node',
  dts: false,
  clean: false,
  minify: true,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
});

export default defineConfig([
  {
    ...common,
    entry: {
      index: 'src/index.ts',
      client: 'src/client/index.ts',
      cloud: 'src/node/cloud/index.ts',
      msw: 'src/msw/index.ts',
      node: 'src/node/index.ts',
      playwright: 'src/node/playwright/index.ts',
      vite: 'src/node/vite/index.ts',
      vitest: 'src/vitest/index.ts',
    },
    platform: 'neutral',
    plugins: [common.plugins, browserStubs(IN_BROWSERS)],
    dts: { oxc: true },
    deps: { onlyBundle: carried, neverBundle: [/^node:/] },
  },
  // the console itself is built by Vite; these are its types
  {
    ...common,
    entry: { console: 'console/mount.ts' },
    platform: 'neutral',
    plugins: [readableDeclarations()],
    dts: { oxc: true, emitDtsOnly: true },
    clean: false,
  },
  selfContained('cli', 'src/node/command/cli.ts'),
  selfContained('password-worker', 'src/node/server/password-worker.ts'),
]);
