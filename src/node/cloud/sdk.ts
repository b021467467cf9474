import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Options } from '../../options/table.ts';
import { createModules } from './modules.ts';
import type { ParseSdk } from './parse-sdk.ts';

const OLDEST = 5;
const NEWEST = 8;

const resolveFrom = (from: string, name: string): string | undefined => {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
};

/** Where the caller's SDK stands: beside the cloud code, below Parse Server, or in the folder that the process runs in. */
const findSdk = (from: string): string => {
  const here = join(process.cwd(), 'any.js');
  for (const place of [from, here]) {
    const server = resolveFrom(place, 'parse-server/package.json');
    const found = resolveFrom(place, 'parse/node') ?? (server && resolveFrom(server, 'parse/node'));
    if (found) return found;
  }
  throw new Error(
    'Failed to lend Parse to cloud code: the package "parse" is not there. Install it: npm install --save-dev parse',
  );
};

const versionOf = (folder: string): string => {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return String(version);
};

const checkVersion = (folder: string): void => {
  const version = versionOf(folder);
  const major = Number(version.split('.')[0]);
  if (major >= OLDEST && major <= NEWEST) return;
  throw new Error(
    `Failed to lend Parse to cloud code: "parse" is ${version}, and the emulator knows ${OLDEST} to ${NEWEST}`,
  );
};

/** The caller's `parse/node`, evaluated anew: what one emulator sets in it is no other's. Throws when it is not there. */
export const lendSdk = (from: string, { appId, masterKey, javascriptKey, serverURL }: Options): ParseSdk => {
  const file = findSdk(from);
  const folder = dirname(file);
  checkVersion(folder);
  const modules = createModules({
    isOwn: (filename) => filename.startsWith(folder + sep) && !filename.startsWith(join(folder, 'node_modules') + sep),
  });
  const parse = modules.load(file) as ParseSdk;
  parse.initialize(appId, javascriptKey ?? 'unused', masterKey);
  parse.serverURL = serverURL;
  return parse;
};
