import type { AclMap, Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';

/** An object on its way into the store. Nobody changes it: a stage returns what is to be written in its place. */
export type Write = {
  readonly className: string;
  readonly objectId: string;
  readonly isNew: boolean;
  /** The object as it stands, when it is an update. */
  readonly before: ParseRecord | undefined;
  /** What is written, in REST form: values and operations. */
  readonly fields: JsonObject;
  /** What is written into objects that fields hold. */
  readonly parts: readonly Part[];
  /** Internal fields; null unsets. */
  readonly hidden: JsonObject;
  /** The ACL that the class gives to a new object which brings none. */
  readonly classAcl?: AclMap | undefined;
  /** The dates of a new object, where it brings its own. */
  readonly dates?: { readonly createdAt: string; readonly updatedAt: string } | undefined;
  /** What must still hold of the object when it is written. */
  readonly holds?: ((record: ParseRecord) => boolean) | undefined;
  /** The fields that a trigger changed, by name. */
  readonly changedByTriggers: readonly string[];
};

/** The last step, once every stage has had its `afterCommit`: returns the answer, or throws to refuse what was written all the same. */
export type Finish = (answer: JsonObject) => JsonObject;

/** After the commit. Gets the object as it was written, and the answer so far; returns the answer that the next stage gets. */
export type AfterCommit = (record: ParseRecord, answer: JsonObject) => Answered | Promise<Answered>;

/** An answer, and what a stage still wants of it at the very end. */
export type Answered = { readonly answer: JsonObject; readonly finish?: Finish };

/** What a stage made of a write before it is written, and its steps in the transaction. */
export type Prepared = {
  readonly write: Write;
  /** In the transaction, before anything is written. Returns the fields that only now can be told; throws to refuse. */
  readonly beforeWrite?: (transaction: Transaction) => JsonObject | undefined;
  /** In the transaction, after the object was written. Returns what is to happen after the commit. */
  readonly afterWrite?: (record: ParseRecord, transaction: Transaction) => AfterCommit | undefined;
};

/** Once the fields were found good. */
export type Prepare = (write: Write) => Prepared | Promise<Prepared>;

/** What is said in place of a write, when there is nothing to write. */
export type Instead = {
  readonly instead: JsonObject;
  /** The object that it is about. */
  readonly objectId: string;
  /** Whether that object is a new one. */
  readonly isNew: boolean;
  /** The fields that were written all the same. */
  readonly written?: JsonObject;
};

/** The write that goes on to the next stage, or what is said in place of it. */
export type Admitted = { readonly write: Write; readonly prepare?: Prepare } | Instead;

/**
 * One stage of the writes to a class. It begins before the fields are checked; each of its steps returns the next one (`prepare`,
 * `afterWrite`, `afterCommit`, `finish`), and so hands over what it has found out.
 */
export interface Stage<Context> {
  (write: Write, context: Context): Admitted | Promise<Admitted>;
  /** When an earlier stage has answered in place of the write. Returns the answer. */
  readonly afterInstead?: (instead: Instead, write: Write, context: Context) => Promise<JsonObject>;
}

/** What the writes to a class pass, and what its deletes are held to. */
export type ClassRules<Context> = {
  /** In order: each gets the write as the one before has left it. */
  readonly stages: readonly Stage<Context>[];
  /** Before an object is deleted; throws to refuse. */
  readonly beforeDelete?: (objectId: string, context: Context) => void;
  /** Whether an object is the asking user itself, whom `protectedFieldsOwnerExempt` lets see what is hidden from others. */
  readonly isOfAsker?: (objectId: string, context: Context) => boolean;
  /** Returns what is thrown in place of an error of an update or a delete, for those who are not master. */
  readonly disguise?: (error: unknown) => unknown;
  /** The fields that a write answers whenever a trigger has seen the object. */
  readonly told?: readonly string[];
  /** The fields of which a write names a part only: triggers see that part. */
  readonly partial?: readonly string[];
  /** The fields that are never answered, whoever writes them. */
  readonly secret?: readonly string[];
};

/** The rules by class; a class without any is as good as one with none. */
export type Rules<Context> = ReadonlyMap<string, ClassRules<Context>>;

const afterInstead = async <Context>(
  stages: readonly Stage<Context>[],
  given: Instead,
  write: Write,
  context: Context,
): Promise<Instead> => {
  let { instead } = given;
  for (const stage of stages) {
    if (stage.afterInstead) instead = await stage.afterInstead({ ...given, instead }, write, context);
  }
  return { ...given, instead };
};

/** A write that was let in, and the second steps of its stages. */
export type Open = { readonly write: Write; readonly prepares: readonly Prepare[] };

/** Hands a write through the first step of each stage, until one has an answer in its place. */
export const admit = async <Context>(
  stages: readonly Stage<Context>[],
  given: Write,
  context: Context,
): Promise<Open | Instead> => {
  const prepares: Prepare[] = [];
  let write = given;
  for (const [place, stage] of stages.entries()) {
    const admitted = await stage(write, context);
    if ('instead' in admitted) return afterInstead(stages.slice(place + 1), admitted, write, context);
    write = admitted.write;
    if (admitted.prepare) prepares.push(admitted.prepare);
  }
  return { write, prepares };
};

/** The steps of several stages as those of one. */
export type Ready = { readonly write: Write; readonly steps: readonly Prepared[] };

/** Hands a write whose fields are good through the second step of each stage. */
export const prepare = async (prepares: readonly Prepare[], given: Write): Promise<Ready> => {
  const steps: Prepared[] = [];
  let write = given;
  for (const step of prepares) {
    const prepared = await step(write);
    write = prepared.write;
    steps.push(prepared);
  }
  return { write, steps };
};

/** The write with what the stages can tell only in the transaction. */
export const beforeWrite = ({ write, steps }: Ready, transaction: Transaction): Write => {
  let { fields } = write;
  for (const step of steps) {
    const told = step.beforeWrite?.(transaction);
    if (told) fields = { ...fields, ...told };
  }
  return fields === write.fields ? write : { ...write, fields };
};

/** What the stages want after the commit. */
export const afterWrite = ({ steps }: Ready, record: ParseRecord, transaction: Transaction): readonly AfterCommit[] =>
  steps.flatMap((step) => step.afterWrite?.(record, transaction) ?? []);

/** Hands the answer through the steps after the commit, and back through what these still want of it. */
export const afterCommit = async (
  steps: readonly AfterCommit[],
  record: ParseRecord,
  given: JsonObject,
): Promise<JsonObject> => {
  const finishes: Finish[] = [];
  let answer = given;
  for (const step of steps) {
    const answered = await step(record, answer);
    answer = answered.answer;
    if (answered.finish) finishes.unshift(answered.finish);
  }
  return finishes.reduce((present, finish) => finish(present), answer);
};

/** What is written into an object that a field holds: the name is a path, as `prefs.theme`. */
export type Part = { readonly root: string; readonly path: readonly string[]; readonly value: Json };
