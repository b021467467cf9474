import { resolve } from 'node:path';
import type { Emulator } from '../../emulator.ts';
import { CLIENT_KEYS, clientHeaders } from '../../http/credentials/client-keys.ts';
import { isLoopbackHost } from '../../http/wire/loopback.ts';
import { pathsOf } from '../../options/paths.ts';
import { OPTIONS } from '../../options/table.ts';
import type { LogIn } from './seeds/log-ins.ts';

/** What the banner tells of. */
export type BannerSubject = {
  readonly url: string;
  /** The address that it listens at. */
  readonly host: string;
  readonly emulator: Emulator;
  readonly db: string | undefined;
  /** Who can log in at once. */
  readonly logIns: readonly LogIn[];
};

const DOCUMENT =
  'mutation { signUp(input: { fields: { username: "jane", password: "secret" } }) { viewer { sessionToken } } }';

/** Text as a shell takes it, whatever is in it. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const toCurl = ({ url, emulator: { options } }: BannerSubject): string => {
  const lines = [
    `curl ${url}${pathsOf(options).graphQL}`,
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

/** Whoever listens to the network, too, should know how far the master key reaches. */
const reachOfKey = ({ host, emulator: { options } }: BannerSubject): string[] => {
  if (isLoopbackHost(host.includes(':') ? `[${host}]` : host)) return [];
  const isDefault = options.masterKey === OPTIONS.masterKey.default;
  const own = isDefault ? '--master-key with a key of your own, and ' : '';
  const addresses = options.masterKeyIps.join(', ') || 'no address';
  return [
    '',
    `  The master key${isDefault ? ', which is the default,' : ''} counts for ${isDefault ? 'this machine' : addresses} only. To use it from elsewhere, give`,
    `  ${own}--master-key-ips with the addresses (0.0.0.0/0 means all).`,
  ];
};

const toLogIns = ({ logIns }: BannerSubject): string[] => {
  if (logIns.length === 0) return [];
  const width = Math.max(...logIns.map(({ username }) => username.length)) + 2;
  return ['Log in as:', '', ...logIns.map(({ username, password }) => `  ${username.padEnd(width)}${password}`), ''];
};

/** What a person sees when the emulator is up: what runs where, the keys, the data, who can log in, and something to try. */
export const toBanner = (
  version: string,
  subject: BannerSubject,
  strong: (text: string) => string = String,
): string => {
  const { url, emulator } = subject;
  const { options } = emulator;
  const { graphQL, playground, rest } = pathsOf(options);
  const rows: readonly (readonly [string, string])[] = [
    ['Console', `${url}/console`],
    ['GraphQL', `${url}${graphQL}`],
    ['Playground', `${url}${playground}`],
    ['REST', `${url}${rest}`],
    ['Inbox', `${url}/emulator/outbox`],
    ['Requests', `${url}/emulator/requests`],
    ['Application id', options.appId],
    ['Master key', options.masterKey],
    ...CLIENT_KEYS.flatMap(([name, , label]): [string, string][] => (options[name] ? [[label, options[name]]] : [])),
    ['Data', whereKept(subject)],
  ];
  return [
    strong(`parse-users-emulator ${version} is up. Ctrl-C stops it.`),
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(16)}${/^https?:/.test(value) ? strong(value) : value}`),
    ...reachOfKey(subject),
    '',
    ...toLogIns(subject),
    'Try it:',
    '',
    `  ${toCurl(subject)}`,
    '',
  ].join('\n');
};
