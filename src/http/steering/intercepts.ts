import type { RootFieldCall, RootFieldHook } from '../../graphql/context.ts';
import { thrownBy } from '../../operations/thrown.ts';
import { showSelf } from '../../operations/users/log-in.ts';
import type { ParseRecord } from '../../parse/record.ts';
import { copy } from '../../store/frozen.ts';

/**
 * A call of a root field, as an intercept sees it.
 * @interface
 */
export type InterceptedCall = RootFieldCall & {
  /** The user who asks, as it sees itself; absent: nobody is logged in. */
  readonly user?: ParseRecord;
  /** Whether the request came with the master key. */
  readonly isMaster: boolean;
};

/**
 * Answers in place of a root field, in the form that a client sees. Undefined lets the emulator answer; a `ParseError` that is
 * thrown goes to the client.
 */
export type Intercept = (call: InterceptedCall) => unknown;

/** Whoever steps in before root fields. */
export interface Intercepts {
  /** Returns how to take it away again. The last that was added is asked first. */
  add(field: string, intercept: Intercept, once: boolean): () => void;
  clear(): void;
  isEmpty(): boolean;
  readonly hook: RootFieldHook;
}

type Kept = { readonly field: string; readonly intercept: Intercept; readonly once: boolean };

/** What an intercept throws is its own, unless the emulator threw it when the intercept asked. */
const run = async ({ field, intercept }: Kept, call: InterceptedCall): Promise<unknown> => {
  const ofEmulator: unknown[] = [];
  const proceed = async (): Promise<unknown> => {
    try {
      return await call.proceed();
    } catch (error) {
      ofEmulator.push(error);
      throw error;
    }
  };
  try {
    // copied at once, before whoever made it goes on
    return copy(await copy(intercept({ ...call, proceed })));
  } catch (error) {
    throw ofEmulator.includes(error) ? error : thrownBy(error, `the intercept of ${field}`);
  }
};

/** Keeps intercepts, and asks them. */
export const createIntercepts = (): Intercepts => {
  let kept: readonly Kept[] = [];
  const remove = (one: Kept): void => {
    kept = kept.filter((other) => other !== one);
  };
  return {
    add(field, intercept, once) {
      const one = { field, intercept, once };
      kept = [one, ...kept];
      return () => remove(one);
    },
    clear() {
      kept = [];
    },
    isEmpty: () => kept.length === 0,
    async hook(call, { context }) {
      const { isMaster, user } = context.auth;
      const asked = kept.filter(({ field }) => field === call.field);
      const self = asked.length > 0 && user ? (showSelf(user, context) as ParseRecord) : undefined;
      for (const one of asked) {
        if (one.once) remove(one);
        const args = copy(call.args);
        const answer = await run(one, { ...call, args, isMaster, ...(self && { user: self }) });
        if (answer !== undefined) return answer;
      }
      return call.proceed();
    },
  };
};
