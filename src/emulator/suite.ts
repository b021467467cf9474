import { createPersistedQueries, type PersistedQueries } from '../graphql/execution/persisted-queries.ts';
import { rootFieldMeant } from '../graphql/schema/root-fields.ts';
import type { SchemaSource } from '../graphql/schema/source.ts';
import { createRateLimits, type RateLimits } from '../http/credentials/rate-limits.ts';
import { sayingVersion } from '../http/explanations/of-version.ts';
import type { Say } from '../http/explanations/say.ts';
import type { Events } from '../http/steering/events.ts';
import { type ActiveFaults, createFaults } from '../http/steering/faults.ts';
import { createIntercepts, type Intercepts } from '../http/steering/intercepts.ts';
import { createRequestsLog, type RequestsLog } from '../http/steering/requests-log.ts';
import type { Context } from '../operations/context.ts';
import { createSeededRandom } from '../operations/seeded-random.ts';
import type { Options } from '../options/table.ts';
import { tellFaults, warnOfFaults } from './telling.ts';

/** What a test may look at and step in with. */
export type Suite = {
  readonly requests: RequestsLog;
  readonly faults: ActiveFaults;
  readonly intercepts: Intercepts;
  readonly persistedQueries: PersistedQueries;
  readonly events: Events;
  readonly say: Say | undefined;
  readonly limits?: RateLimits;
  /** Forgets all that was looked at and stepped in with. */
  clear(): void;
};

/** Makes the suite of one emulator. */
export const createSuite = (
  options: Options,
  context: Context,
  events: Events,
  schema: SchemaSource,
  given?: Say,
): Suite => {
  const persistedQueries = createPersistedQueries();
  const say = sayingVersion(given, options);
  const requests = createRequestsLog({ clock: context.clock, textOf: persistedQueries.textOf, events, say });
  const plain = createFaults(createSeededRandom(`${options.deterministic ?? ''}\nfaults`), context.clock.now);
  const faults = warnOfFaults(tellFaults(plain, events), (name) => rootFieldMeant(name, schema.get()), context.log);
  const intercepts = createIntercepts();
  const limits = options.rateLimit ? createRateLimits(options.rateLimit, context.clock) : undefined;
  const clear = (): void => {
    for (const part of [requests, faults, intercepts, limits]) part?.clear();
  };
  return { requests, faults, intercepts, clear, persistedQueries, events, say, ...(limits && { limits }) };
};
