import { defineConfig, type UserConfig } from 'tsdown';
import { thirdPartyNotices } from './tools/third-party-notices.ts';

const common: UserConfig = {
  format: 'esm',
  target: 'es2023',
  fixedExtension: false,
  plugins: [thirdPartyNotices('dist/THIRD-PARTY-NOTICES.txt')],
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
};

/** The newest of these ask for a newer Node than we do, and would bring a graphql of their own: dist carries them. */
const carried = [/^@graphql-tools\//, /^@whatwg-node\//, 'cross-inspect', 'fast-json-stable-stringify', 'tslib'];

/** One file with all it needs, which starts in half the time. */
const selfContained = (name: string): UserConfig => ({
  ...common,
  entry: { [name]: `src/node/${name}.ts` },
  platform: 'node',
  dts: false,
  clean: false,
  minify: true,
  deps: { alwaysBundle: [/.*/] },
});

export default defineConfig([
  {
    ...common,
    entry: { index: 'src/index.ts', msw: 'src/msw/index.ts', node: 'src/node/index.ts' },
    platform: 'neutral',
    dts: { oxc: true },
    deps: { alwaysBundle: carried, neverBundle: [/^node:/] },
  },
  selfContained('cli'),
  selfContained('password-worker'),
]);
