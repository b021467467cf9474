import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The licences whose code may be carried along in a package under MIT. */
const WELCOME = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  '(MPL-2.0 OR Apache-2.0)',
]);

const PACKAGE_FOLDER = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/;

type Manifest = { readonly name: string; readonly version: string; readonly license?: string };

type Chunk = { readonly type: string; readonly moduleIds?: readonly string[] };

/** As much of a Rolldown, Rollup or Vite plugin as this one is. */
export type NoticesPlugin = {
  readonly name: string;
  generateBundle(options: unknown, bundle: { readonly [fileName: string]: Chunk }): void;
};

const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const readLicence = (folder: string): string => {
  const fileName = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return fileName
    ? readFileSync(join(folder, fileName), 'utf8').trim()
    : 'The package holds no licence text of its own.';
};

const toNotice = (folder: string): string => {
  const { name, version, license } = readManifest(folder);
  if (!license || !WELCOME.has(license)) {
    throw new Error(`Failed to bundle ${name}: its licence is ${license}. Leave it out, or look at its terms.`);
  }
  return `${name} ${version} (${license})\n\n${readLicence(folder)}\n`;
};

/** The package a bundled module came from, as a folder; undefined for our own. */
const findPackageFolder = (moduleId: string): string | undefined => {
  const folder = PACKAGE_FOLDER.exec(moduleId.replace(/^\0/, ''))?.[1];
  return folder && existsSync(join(folder, 'package.json')) ? folder : undefined;
};

/**
 * A bundler plugin that writes down the licences of all packages whose code the bundle carries.
 * One plugin object may serve several bundles: the file then names the packages of all of them.
 */
export const thirdPartyNotices = (path: string): NoticesPlugin => {
  const notices = new Map<string, string>();
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const folders = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds.map(findPackageFolder));
      for (const folder of folders) if (folder && !notices.has(folder)) notices.set(folder, toNotice(folder));
      const texts = [...new Set(notices.values())].sort();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, ['This package carries code of these packages.\n', ...texts].join(`\n${'-'.repeat(80)}\n\n`));
    },
  };
};
