import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';

/** Bundles a file of the tests, so that a process of its own can run it; returns where it is. */
export const bundle = async (source: URL, folder: string): Promise<string> => {
  const entry = fileURLToPath(source);
  const name = basename(entry, '.ts');
  await build({
    config: false,
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    entry: { [name]: entry },
    outDir: folder,
    platform: 'node',
    format: 'esm',
    dts: false,
    fixedExtension: false,
    logLevel: 'silent',
    deps: { alwaysBundle: [/.*/] },
  });
  return join(folder, `${name}.js`);
};
