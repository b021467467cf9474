import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { thirdPartyNotices } from '../tools/third-party-notices.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The words that components say for themselves come in thirty languages; the console is in English. */
const englishOnly: Plugin = {
  name: 'english-only',
  load: (id) => (/[/\\]intl[/\\].*(?<!en-US)\.mjs$/.test(id) ? 'export default {};' : undefined),
};

const config: UserConfig = defineConfig({
  root: fromHere('.'),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [englishOnly, thirdPartyNotices(fromHere('../dist/console/THIRD-PARTY-NOTICES.txt'))],
  build: {
    outDir: fromHere('../dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { console: fromHere('page.tsx'), mount: fromHere('mount.ts') },
      preserveEntrySignatures: 'exports-only',
      // fixed names for what pages and the package name, and for the others what they hold
      output: { entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
      onLog(level, log, log_) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') log_(level, log); // "use client" means nothing here
      },
    },
  },
});

export default config;
