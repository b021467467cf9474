import { isObject } from '../../../parse/record.ts';

/** The first place where two answers differ, and what stands there. */
export type Difference = {
  /** Where in the answer: `data.user.email`; `HTTP status` for the status. */
  readonly place: string;
  /** What stands there in the server's answer. */
  readonly server: string;
  /** What stands there in the emulator's. */
  readonly emulator: string;
};

/** Which values of the one side are which of the other: they must go together for good. */
export type Matches = { readonly there: Map<string, string>; readonly here: Map<string, string> };

/** No values are known to go together yet. */
export const noMatches = (): Matches => ({ there: new Map(), here: new Map() });

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['token', /^r:[0-9a-f]{32}$/],
  ['date', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\+00:00)$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['global id', /^(?=[A-Za-z0-9+/]{16,}={0,2}$)(?:[A-Z][\w]{3})/],
  ['id', /^[A-Za-z0-9]{10}$/],
  ['hash', /^[0-9a-f]{32,64}$/],
];

const isGlobalId = (text: string): boolean =>
  /^\w+:[A-Za-z0-9]{10}$/.test(Buffer.from(text, 'base64').toString('latin1'));

/** What is made up by each side for itself; undefined for what both should say alike. */
const kindOf = (value: string): string | undefined => {
  const [kind] = KINDS.find(([, pattern]) => pattern.test(value)) ?? [];
  return kind === 'global id' && !isGlobalId(value) ? undefined : kind;
};

/** Ids inside of longer texts, such as messages and addresses, as they are on the other side. */
export const translate = (text: string, matches: Matches): string => {
  let result = text;
  for (const [theirs, ours] of matches.there) if (theirs.length >= 10) result = result.replaceAll(theirs, ours);
  return result;
};

const agree = (server: string, emulator: string, matches: Matches): boolean => {
  if (server === emulator) return true;
  const kind = kindOf(server);
  if (kind === undefined || kind !== kindOf(emulator)) return translate(server, matches) === emulator;
  if (kind === 'date') return true;
  const [known, back] = [matches.there.get(server), matches.here.get(emulator)];
  if (known !== undefined || back !== undefined) return known === emulator && back === server;
  matches.there.set(server, emulator);
  matches.here.set(emulator, server);
  return true;
};

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/** How values are looked at: as they are, or for their form alone, where both sides hold other data. */
export type Mode = 'values' | 'shape';

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

const compareLists = (
  [server, emulator]: readonly [readonly unknown[], readonly unknown[]],
  place: string,
  matches: Matches,
  mode: Mode,
): Difference | undefined => {
  if (mode === 'shape') {
    const [one, other] = [server[0], emulator[0]];
    return one === undefined || other === undefined ? undefined : compare(one, other, `${place}[0]`, matches, mode);
  }
  for (const [at, value] of server.entries()) {
    const found = compare(value, emulator[at], `${place}[${at}]`, matches, mode);
    if (found) return found;
  }
  return server.length < emulator.length
    ? { place: `${place}[${server.length}]`, server: 'nothing', emulator: show(emulator[server.length]) }
    : undefined;
};

/** The names of the emulator's members, with the server's: those of rights are ids. */
const withOurNames = (
  server: { readonly [name: string]: unknown },
  { there }: Matches,
): (readonly [string, string])[] => Object.keys(server).map((name) => [there.get(name) ?? name, name]);

/** Where two answers differ first; undefined where they do not. Ids, tokens and dates are matched, and not compared. */
export const compare = (
  server: unknown,
  emulator: unknown,
  place: string,
  matches: Matches,
  mode: Mode = 'values',
): Difference | undefined => {
  if (Array.isArray(server) && Array.isArray(emulator)) return compareLists([server, emulator], place, matches, mode);
  if (isObject(server) && isObject(emulator)) {
    const names = withOurNames(server, matches);
    for (const [name, theirs] of new Map([...Object.keys(emulator).map((key) => [key, key] as const), ...names])) {
      if (name === 'stacktrace') continue; // what a server adds in development
      const isOdd = server[theirs] === undefined || emulator[name] === undefined;
      if (isOdd && mode === 'shape' && place.startsWith('body.results')) continue;
      const found = compare(server[theirs], emulator[name], `${place}.${name}`, matches, mode);
      if (found) return found;
    }
    return undefined;
  }
  if (typeof server === 'string' && typeof emulator === 'string') {
    const isMessage = /(?:^|\.)(?:message|error|code)$/.test(place);
    if (mode === 'shape' && !isMessage) return undefined;
    return agree(server, emulator, matches) ? undefined : { place, server: show(server), emulator: show(emulator) };
  }
  const isNull = server === null || emulator === null;
  if (
    mode === 'shape' &&
    (isNull ? server !== undefined && emulator !== undefined : typeOf(server) === typeOf(emulator))
  ) {
    return undefined;
  }
  return Object.is(server, emulator) ? undefined : { place, server: show(server), emulator: show(emulator) };
};
