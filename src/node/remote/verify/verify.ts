import { randomBytes } from 'node:crypto';
import type { EmulatorOptions } from '../../../options/table.ts';
import { isObject } from '../../../parse/record.ts';
import { PARSE_VERSIONS } from '../../../parse/versions/versions.ts';
import { exchange } from '../exchange.ts';
import { profileOf } from '../profile.ts';
import { connectRemote, type Remote } from '../remote.ts';
import { cleanUp, type Made } from './cleanup.ts';
import { beginPlay, type Outcome, type Play, playStep } from './play.ts';
import type { Report } from './report.ts';
import { CLASSES, SERVER } from './scenario/server.ts';
import { SESSIONS } from './scenario/sessions.ts';
import { USERS } from './scenario/users.ts';
import { emulatorSide, remoteSide } from './side.ts';
import { rest, type Step } from './steps.ts';

export type { Difference } from './compare.ts';
export type { Outcome } from './play.ts';
export { differencesOf, REPORT_FORMS, type Report } from './report.ts';
export type { Step } from './steps.ts';

/** What is compared, and how. */
export type VerifyOptions = {
  /** The address of the server's REST API: `https://api.example.com/parse`. */
  readonly against: string;
  /** Its application id. */
  readonly appId: string;
  /** Its master key, which is kept nowhere. */
  readonly masterKey: string;
  /** The address of its GraphQL API; looked for at `/graphql` if not given. */
  readonly graphQL?: string | undefined;
  /** The options of the emulator that is held against it, as `pull` wrote them or your own. */
  readonly options?: EmulatorOptions | undefined;
  /** Fixtures of that emulator, such as classes. */
  readonly seeds?: readonly unknown[] | undefined;
  /** Leaves out all that writes. @default false */
  readonly readOnly?: boolean | undefined;
  /** Steps of the application's own, which are looked at for their form, since both sides hold other data. */
  readonly steps?: readonly Step[] | undefined;
  /** Names of steps that may differ. */
  readonly allow?: readonly string[] | undefined;
  /** Ends it early; what it made is taken away all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each step. */
  readonly onProgress?: ((done: number, of: number, step: string) => void) | undefined;
};

/** The emulator's own scenario: users from sign-up to log-out, refusals, sessions, roles, mail, objects, both protocols. */
const SCENARIO: readonly Step[] = [...SERVER, ...USERS, ...CLASSES, ...SESSIONS];

const NO_MAIL = /appName, publicServerURL, and emailAdapter are required/;

/** A server without a mail adapter refuses what the emulator, whose outbox is one, does not. */
const hasMail = async (remote: Remote, credentials: { appId: string }, prefix: string): Promise<boolean> => {
  const { text } = await exchange({
    method: 'POST',
    url: `${remote.url}/requestPasswordReset`,
    headers: { 'X-Parse-Application-Id': credentials.appId, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: `${prefix}@verify.invalid` }),
  });
  return !NO_MAIL.test(text);
};

/** Where GraphQL is: beside REST, or below it. */
const findGraphQL = async ({ url, appId }: Remote, given: string | undefined): Promise<string | undefined> => {
  const places = given
    ? [given]
    : [`${url.slice(0, url.lastIndexOf('/'))}/graphql`, `${new URL(url).origin}/graphql`, `${url}/graphql`];
  for (const place of new Set(places)) {
    const { status, text } = await exchange({
      method: 'POST',
      url: place,
      headers: { 'X-Parse-Application-Id': appId, 'Content-Type': 'application/json' },
      body: '{"query":"{ health }"}',
    }).catch(() => ({ status: 404, text: '' }));
    if (status !== 404 && text.startsWith('{')) return place;
  }
  return undefined;
};

const needsObjects = ({ path, body }: Step): boolean =>
  /\{\{(?!p\}|P\}|mount\})/.test(`${path}${JSON.stringify(body ?? '')}`);

type Played = { readonly step: Step; readonly isOwn: boolean };

/** Why a step is left out; undefined for one that is played. */
const leftOut = ({ step, isOwn }: Played, graphQL: string | undefined, readOnly: boolean): string | undefined => {
  if (graphQL === undefined && step.protocol === 'graphql') return 'GraphQL was not found: name it with --graphql';
  if (!isOwn)
    return step.writes
      ? 'what writes in documents and requests of your own, since it might touch what is not ours'
      : undefined;
  const isFree = !step.writes && ['nobody', 'master'].includes(step.as) && !needsObjects(step);
  return readOnly && !isFree ? 'steps that write, or need what others wrote' : undefined;
};

const playAll = async (
  play: Play,
  steps: readonly Played[],
  graphQL: string | undefined,
  { readOnly = false, signal, onProgress }: VerifyOptions,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [done, played] of steps.entries()) {
    const { step, isOwn } = played;
    if (signal?.aborted) break;
    onProgress?.(done, steps.length, step.name);
    const reason = leftOut(played, graphQL, readOnly);
    outcomes.push(
      reason ? { step: step.name, result: 'skipped', reason } : await playStep(step, play, isOwn ? 'values' : 'shape'),
    );
  }
  return outcomes;
};

/** A step for each class of the picture: fields and permissions are seen by the master key. */
const stepsOfClasses = (seeds: readonly unknown[]): Step[] =>
  seeds
    .flatMap((seed) => (isObject(seed) && Array.isArray(seed['schemas']) ? seed['schemas'] : []))
    .flatMap((one: unknown) => (isObject(one) && typeof one['className'] === 'string' ? [one['className']] : []))
    .map((name) => rest(`class ${name}`, 'master', `GET /schemas/${name}`, undefined, { without: ['indexes'] }));

/** The users that a play made, also those that it has deleted: their sessions stay. */
const usersMade = ({ memories: { server } }: Play): readonly string[] =>
  [...server].flatMap(([name, value]) => (/^\w+Id$/.test(name) ? [value] : []));

/** A prefix that nobody has: what begins with it was made here. */
const createMade = (): Omit<Made, 'users'> => {
  const mark = randomBytes(4).toString('hex');
  return { prefix: `verify${mark}`, className: `Verify${mark}Thing` };
};

const versionOf = async (remote: Remote): Promise<string> =>
  String((await remote.get('/serverInfo'))['parseServerVersion']);

/**
 * Asks a running Parse Server and an emulator the same, and tells where they differ. What it makes on the server begins with a prefix of its
 * own, and is taken away at the end. Rejects with one message for a server that cannot be asked.
 */
export const verify = async (given: VerifyOptions): Promise<Report> => {
  const { against, appId, masterKey, options = {}, seeds = [], allow = [], steps: own = [] } = given;
  const remote = await connectRemote({ url: against, appId, masterKey });
  const parseServerVersion = await versionOf(remote);
  const graphQL = await findGraphQL(remote, given.graphQL);
  const made = createMade();
  const mail =
    given.readOnly || (await hasMail(remote, { appId }, made.prefix)) ? {} : { emailAdapter: false as const };
  const emulator = await emulatorSide(
    { ...{ parseVersion: profileOf(parseServerVersion, PARSE_VERSIONS) }, ...mail, ...options, appId, masterKey },
    seeds,
  );
  const names = {
    p: made.prefix,
    P: made.prefix.toUpperCase(),
    C: made.className,
    c: `${made.className.charAt(0).toLowerCase()}${made.className.slice(1)}`,
    mount: new URL(remote.url).pathname,
  };
  const play = beginPlay(remoteSide(remote.url, graphQL ?? ''), emulator, { appId, masterKey }, names);
  play.memories.emulator.set('mount', options.mountPath ?? '/parse');
  const steps = [
    ...[...SCENARIO, ...stepsOfClasses(seeds)].map((step) => ({ step, isOwn: true })),
    ...own.map((step) => ({ step, isOwn: false })),
  ];
  let leftBehind: readonly string[] = [];
  let outcomes: readonly Outcome[] = [];
  try {
    outcomes = await playAll(play, steps, graphQL, given);
  } finally {
    if (!given.readOnly) leftBehind = await cleanUp(remote, { ...made, users: usersMade(play) });
    await emulator.close();
  }
  return { server: remote.url, parseServerVersion, outcomes, allowed: allow, leftBehind };
};
