import type { UserConfig } from 'tsdown';

const toStub = (message: string, names: readonly string[]): string =>
  [
    'const refuse = () => {',
    `  throw new Error(${JSON.stringify(message)});`,
    '};',
    'refuse();',
    `export { ${names.map((name) => `refuse as ${name}`).join(', ')} };`,
    '',
  ].join('\n');

/**
 * Writes `NAME.browser.js` beside entries that take Node: it has their exports, so that a build for browsers goes through, and throws
 * its message where it is loaded. `"browser": null` in `exports` would be the same in fewer words, but is passed over by Vite 8.
 * @param messages what is said, by the name of the entry
 */
export const browserStubs = (messages: { readonly [entry: string]: string }): UserConfig['plugins'] => ({
  name: 'browser-stubs',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isEntry) continue;
      const message = messages[chunk.name];
      if (message === undefined || !chunk.fileName.endsWith('.js')) continue;
      this.emitFile({ type: 'asset', fileName: `${chunk.name}.browser.js`, source: toStub(message, chunk.exports) });
    }
  },
});
