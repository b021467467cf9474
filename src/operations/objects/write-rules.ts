import type { Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { Part } from './dotted-fields.ts';

/** An object on its way into the store. Rules may change `fields` (as written, in REST form) and `hidden` (internal; null unsets). */
export type Draft = {
  readonly className: string;
  readonly objectId: string;
  readonly isNew: boolean;
  /** The object as it stands, when it is an update. */
  readonly before: ParseRecord | undefined;
  fields: { [name: string]: Json };
  /** What is written into objects that fields hold. */
  readonly parts: readonly Part[];
  hidden: { [name: string]: Json };
  /** What `admit` found out, for `plan`. */
  remarks?: JsonObject;
};

/** What the rules of a class do with one write, after its fields were found good. */
export type WritePlan = {
  /** In the transaction, before anything is written; throws to refuse. */
  readonly check?: (transaction: Transaction) => void;
  /** In the transaction, after the object was written. */
  readonly follow?: (record: ParseRecord, transaction: Transaction) => void;
  /** After the commit; what it answers is part of the answer to the write. */
  readonly conclude?: (record: ParseRecord) => JsonObject | Promise<JsonObject>;
};

/** The extra rules of one of Parse's own classes. */
export type WriteRules = {
  /** Before the fields are checked. Answers what is said in place of the write, when there is nothing to write. */
  readonly admit?: (draft: Draft, context: Context) => undefined | Promise<JsonObject | undefined>;
  readonly plan?: (draft: Draft, context: Context) => WritePlan | Promise<WritePlan>;
  /** In place of the code of an error of an update, for those who are not master. */
  readonly disguise?: (error: unknown) => unknown;
  /** Before an object is deleted. */
  readonly admitDelete?: (context: Context) => void;
};
