import { resolve } from 'node:path';
import type { Emulator } from '../emulator.ts';

/** What the banner tells of. */
export type BannerSubject = { readonly url: string; readonly emulator: Emulator; readonly db: string | undefined };

/** Clients must send one of these, once one is set. */
const CLIENT_KEYS = [
  ['clientKey', 'X-Parse-Client-Key', 'Client key'],
  ['javascriptKey', 'X-Parse-Javascript-Key', 'JavaScript key'],
  ['restAPIKey', 'X-Parse-REST-API-Key', 'REST API key'],
  ['dotNetKey', 'X-Parse-Windows-Key', '.NET key'],
] as const;

const DOCUMENT =
  'mutation { signUp(input: { fields: { username: "jane", password: "secret" } }) { viewer { sessionToken } } }';

/** Text as a shell takes it, whatever is in it. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const toCurl = ({ url, emulator: { options } }: BannerSubject): string => {
  const key = CLIENT_KEYS.find(([name]) => options[name] !== undefined);
  const lines = [
    `curl ${url}/graphql`,
    `-H ${quote(`X-Parse-Application-Id: ${options.appId}`)}`,
    ...(key ? [`-H ${quote(`${key[1]}: ${options[key[0]]}`)}`] : []),
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
