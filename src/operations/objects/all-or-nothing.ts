import type { OutboxMail } from '../../options/adapters.ts';
import type { Change } from '../../store/persistence.ts';
import { SCHEMA_CLASS } from '../../store/snapshot.ts';
import { Store } from '../../store/store.ts';
import { announce } from '../announce.ts';
import type { Context, WriteNotice } from '../context.ts';
import { Schemas } from '../schemas.ts';

/** How often Parse Server begins anew when somebody else wrote the same in the meantime. */
const MOST_TRIES = 6;

/** Tells whether any of these classes was written to since it was made. */
const watch = ({ store }: Context): ((classNames: Iterable<string>) => boolean) => {
  const names = [SCHEMA_CLASS, ...Object.keys(store.snapshot())];
  const versions = new Map(names.map((name) => [name, store.version(name)]));
  const isChanged = (name: string): boolean => {
    const version = versions.get(name);
    return version === undefined ? [...store.all(name)].length > 0 : store.version(name) !== version;
  };
  return (classNames) => [...classNames].some(isChanged);
};

/** A context whose state is a copy; what is written to it and mailed from it is only noted. */
type Fork = {
  readonly context: Context;
  readonly changes: Change[];
  readonly letters: OutboxMail[];
  readonly writes: { readonly write: WriteNotice; readonly context: Context }[];
};

const fork = (context: Context): Fork => {
  const changes: Change[] = [];
  const letters: OutboxMail[] = [];
  const writes: { write: WriteNotice; context: Context }[] = [];
  const store = new Store({
    read: async () => null,
    append: async (more) => void changes.push(...more),
    replace: async () => undefined,
  });
  store.load(context.store.snapshot());
  const mail = { send: (letter: OutboxMail): void => void letters.push(letter) };
  const live = context.live && {
    ...context.live,
    publish: (write: WriteNotice, own: Context): void => void writes.push({ write, context: own }),
  };
  return { context: { ...context, store, schemas: new Schemas(store), mail, live }, changes, letters, writes };
};

const keep = (changes: readonly Change[], { store }: Context): void =>
  store.transact((transaction) => {
    for (const { className, objectId, record } of changes) {
      if (record) transaction.put(className, { ...record, objectId } as Parameters<typeof transaction.put>[1]);
      else transaction.delete(className, objectId);
    }
  });

/**
 * Runs operations that count only together, on a copy of the state. What they wrote is kept, all at once, when `isGood` says so
 * of what they answered. Resolves with the answer, or with undefined when nothing was kept.
 */
export const allOrNothing = async <Answer>(
  run: (context: Context) => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
  context: Context,
): Promise<Answer | undefined> => {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const isChanged = watch(context);
    const copy = fork(context);
    const answer = await run(copy.context);
    await copy.context.store.settled();
    if (!isGood(answer)) return undefined;
    if (isChanged(new Set(copy.changes.map(({ className }) => className)))) continue;
    keep(copy.changes, context);
    const { store, schemas, live } = context;
    for (const { write, context: own } of copy.writes) announce(write, { ...own, store, schemas, live });
    for (const letter of copy.letters) await context.mail.send(letter);
    return answer;
  }
  return undefined;
};
