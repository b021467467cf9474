import type { MovableClock } from '../operations/clock.ts';
import type { Context, Log, Random } from '../operations/context.ts';
import { withFunctionHooks, withTriggerHooks } from '../operations/functions/webhooks.ts';
import type { Mail } from '../operations/mail.ts';
import { createPasswordMemory, type PasswordMemory } from '../operations/password-memory.ts';
import { bcryptPasswords, drawingPasswords, seededPasswords } from '../operations/passwords.ts';
import { cryptoRandom } from '../operations/random.ts';
import { CLASS_RULES } from '../operations/rules/rules.ts';
import { Schemas } from '../operations/schemas.ts';
import { createSeededRandom } from '../operations/seeded-random.ts';
import { createEndedSessions } from '../operations/sessions/ended.ts';
import type { Options } from '../options/table.ts';
import { Store } from '../store/store.ts';
import type { Cloud } from './cloud.ts';
import type { Start } from './start.ts';

const printTroubles: Log = (level, message, cause) => {
  if (level === 'error') console.error(message, cause ?? '');
  if (level === 'warn') console.warn(message);
};

const passwordsOf = ({ passwordHasher, deterministic }: Options, random: Random, memory: PasswordMemory) => {
  if (passwordHasher) return memory.around(passwordHasher);
  if (deterministic === undefined) return memory.around(bcryptPasswords);
  return drawingPasswords(random, memory.around(seededPasswords(deterministic)));
};

/** What operations need, as the options say. */
export const createContext = (
  options: Options,
  clock: MovableClock,
  keep: Mail['send'],
  cloud: Cloud,
  memory: PasswordMemory,
  ended: Start['ended'],
): Context => {
  const { emailAdapter, deterministic } = options;
  const random = deterministic === undefined ? cryptoRandom : createSeededRandom(deterministic);
  const store = new Store(options.persistence);
  return {
    auth: { isMaster: true },
    store,
    endedSessions: createEndedSessions(store, ended),
    options,
    clock,
    random,
    mail: { send: typeof emailAdapter === 'function' ? emailAdapter : keep },
    schemas: new Schemas(store),
    passwords: passwordsOf(options, random, memory),
    rules: CLASS_RULES,
    log: printTroubles,
    triggers: withTriggerHooks(cloud.triggers, store, options),
    functions: withFunctionHooks(cloud.functions, store, options),
    adapters: cloud.adapters,
    request: { headers: {}, ip: '', cloudContext: {} },
  };
};

// A hash that a test meets twice is nobody's secret; one that is kept in a file may be.
const mayReuseHashes = ({ deterministic, seed, persistence }: Options): boolean =>
  persistence === undefined && (deterministic !== undefined || seed !== undefined);

/** An empty memory of passwords, as the options allow it. */
export const createMemory = (options: Options): PasswordMemory =>
  createPasswordMemory({ reusesHashes: mayReuseHashes(options) });
