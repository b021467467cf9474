import { resolve } from 'node:path';
import type { Emulator } from '../../emulator.ts';
import { CLIENT_KEYS, clientHeaders } from '../../http/credentials/client-keys.ts';

/** What the banner tells of. */
export type BannerSubject = { readonly url: string; readonly emulator: Emulator; readonly db: string | undefined };

const DOCUMENT =
  'mutation { signUp(input: { fields: { username: "jane", password: "secret" } }) { viewer { sessionToken } } }';

/** Text as a shell takes it, whatever is in it. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const toCurl = ({ url, emulator: { options } }: BannerSubject): string => {
  const lines = [
    `curl ${url}/graphql`,
    ...Object.entries(clientHeaders(options)).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    "-H 'Content-Type: application/json'",
    `-d ${quote(JSON.stringify({ query: DOCUMENT }))}`,
  ];
  return lines.join(' \\\n    ');
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const whereKept = ({ db, emulator }: BannerSubject): string => {
  const users = count(emulator.snapshot()['_User']?.length ?? 0, 'user');
  return db === undefined ? `in memory only, ${users}` : `${resolve(db)}, ${users}`;
};

/** What a person sees when the emulator is up: what runs where, the keys, the data, and something to try. */
export const toBanner = (version: string, subject: BannerSubject): string => {
  const { url, emulator } = subject;
  const { options } = emulator;
  const rows: readonly (readonly [string, string])[] = [
    ['GraphQL', `${url}/graphql`],
    ['Playground', `${url}/playground`],
    ['REST', `${url}/parse`],
    ['Application id', options.appId],
    ['Master key', options.masterKey],
    ...CLIENT_KEYS.flatMap(([name, , label]): [string, string][] => (options[name] ? [[label, options[name]]] : [])),
    ['Data', whereKept(subject)],
  ];
  return [
    `parse-users-emulator ${version} is up.`,
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(16)}${value}`),
    '',
    'Try it:',
    '',
    `  ${toCurl(subject)}`,
    '',
  ].join('\n');
};
