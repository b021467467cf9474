import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { thirdPartyNotices } from '../tools/third-party-notices.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** GraphiQL's style sheet carries fonts that weigh more than half of its script; the system's own do as well. */
const withoutFonts: Plugin = {
  name: 'without-fonts',
  enforce: 'pre',
  transform(code, id) {
    return id.endsWith('.css') ? { code: code.replace(/@font-face\s*\{[^{}]*\}/g, ''), map: null } : undefined;
  },
};

const config: UserConfig = defineConfig({
  root: fromHere('.'),
  publicDir: false,
  logLevel: 'warn',
  plugins: [withoutFonts, thirdPartyNotices(fromHere('../dist/playground/THIRD-PARTY-NOTICES.txt'))],
  build: {
    outDir: fromHere('../dist/playground'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: fromHere('main.tsx'),
      // one script and one style sheet of fixed names: the page is written by src/http/routes/playground.ts
      output: { codeSplitting: false, entryFileNames: 'playground.js', assetFileNames: 'playground[extname]' },
      onLog(level, log, log_) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') log_(level, log); // "use client" means nothing here
      },
    },
  },
});

export default config;
