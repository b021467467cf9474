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

/** The text of the MIT licence, for packages that name it and leave its text in their repository. */
const mit = (copyright: string): string => `The MIT License (MIT)

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** Who holds the copyright in packages that hold no licence text, as their repositories or their manifests say. */
const HOLDERS: { readonly [name: string]: string } = {
  '@graphiql/plugin-doc-explorer': 'Copyright (c) 2021 GraphQL Contributors',
  '@graphiql/plugin-history': 'Copyright (c) 2021 GraphQL Contributors',
  '@graphql-tools/merge': 'Copyright (c) 2020 The Guild, Inc.',
  '@graphql-tools/mock': 'Copyright (c) 2020 The Guild, Inc.',
  '@graphql-tools/schema': 'Copyright (c) 2020 The Guild, Inc.',
  '@graphql-tools/utils': 'Copyright (c) 2020 The Guild, Inc.',
  'cross-inspect': 'Copyright (c) 2020 The Guild, Inc.',
  'react-compiler-runtime': 'Copyright (c) Meta Platforms, Inc. and affiliates.',
  'react-remove-scroll-bar': 'Copyright (c) 2025 Anton Korzunov <thekashey@gmail.com>',
  'toggle-selection': 'Copyright (c) sudodoki <smd.deluzion@gmail.com>',
};

const readLicence = (folder: string, { name, license }: Manifest): string => {
  const fileName = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(-\w+)?(\.(md|txt))?$/i.test(name));
  if (fileName) return readFileSync(join(folder, fileName), 'utf8').trim();
  const holder = HOLDERS[name];
  if (holder && license === 'MIT') return mit(holder);
  throw new Error(`Failed to bundle ${name}: it holds no licence text. Say above who holds the copyright in it.`);
};

const toNotice = (folder: string): string => {
  const manifest = readManifest(folder);
  const { name, version, license } = manifest;
  if (!license || !WELCOME.has(license)) {
    throw new Error(`Failed to bundle ${name}: its licence is ${license}. Leave it out, or look at its terms.`);
  }
  return `${name} ${version} (${license})\n\n${readLicence(folder, manifest)}\n`;
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
