// The build that is measured: that of this checkout, or the one whose `dist` folder BENCH_DIST names.
import { pathToFileURL } from 'node:url';

const own = new URL('../dist/', import.meta.url);

/** The folder of the build, as a file URL that ends in a slash. */
export const DIST = process.env['BENCH_DIST'] ? new URL(`${pathToFileURL(process.env['BENCH_DIST'])}/`) : own;

/** Loads an entry of the build: `index.js`. */
export const fromBuild = (entry) => import(new URL(entry, DIST).href);
