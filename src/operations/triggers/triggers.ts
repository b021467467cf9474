import type { Json, JsonObject } from '../../parse/record.ts';
import type { Query } from '../queries/query.ts';

/** When a trigger runs, by the names that Parse has for it. */
export type TriggerName =
  | 'beforeSave'
  | 'afterSave'
  | 'beforeDelete'
  | 'afterDelete'
  | 'beforeFind'
  | 'afterFind'
  | 'beforeLogin'
  | 'afterLogin'
  | 'afterLogout'
  | 'beforePasswordResetRequest';

/** What every trigger is told of the request that it runs in. */
export type TriggerRequest = {
  /** Which trigger runs: one function may serve several. */
  readonly triggerName: TriggerName;
  /** The class; `@File` and `@Config` for files and the configuration. */
  readonly className: string;
  /** Whether the request came with the master key; then there is no `user`. */
  readonly master: boolean;
  /** Whether the request may only read. */
  readonly isReadOnly: boolean;
  /** The user who asks, as it sees itself, with its `sessionToken`; `{ objectId }` where Parse knows no more. Absent: nobody. */
  readonly user?: JsonObject;
  /** Whether Parse hands over `{ id }` here in place of a `Parse.User`: in the finds that end a GraphQL log-in or sign-up. */
  readonly isBareUser?: true;
  /** The installation that the request came from, if it said so. */
  readonly installationId?: string;
  /** The headers of the request, by name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The address that the request came from. */
  readonly ip: string;
  /** A copy of the request's context, without prototype. What is put into it is seen by the triggers that follow. */
  readonly context: { [name: string]: unknown };
};

/** Tells a trigger of an object: as it is stored, or as it will be. */
export type ObjectRequest = TriggerRequest & {
  /** The object in REST form, with `objectId`, `createdAt` and `updatedAt` once it is stored. */
  readonly object: JsonObject;
};

/** Tells a trigger of an object that is written. */
export type SaveRequest = ObjectRequest & {
  /** The object before the write, in REST form; absent for a new one. */
  readonly original?: JsonObject;
  /**
   * What is written, in REST form: values and operations (`{ __op: 'Increment', amount: 1 }`) by the name of the field, also with a
   * dotted name. These fields are the dirty ones; after the write there are none.
   */
  readonly fields: JsonObject;
};

/**
 * What a `beforeSave` changes: values and operations, each in place of what was to be written to the field. `undefined` takes back
 * what the client wrote, `{ __op: 'Delete' }` unsets the field.
 */
export type FieldChanges = { readonly [name: string]: Json | undefined };

/** What an `afterSave` wants answered: the object with other fields than were stored, or anything in place of the answer. */
export type SavedAnswer =
  | {
      /** The object with its fields as the answer is to show them. */
      readonly object: JsonObject;
    }
  | {
      /** What is answered in place of all. */
      readonly answer: JsonObject;
    };

/** Tells a trigger of a search. */
export type FindRequest = TriggerRequest & {
  /** What is searched for. `limit` is 100 where the client named none. */
  readonly query: Query;
  /** Whether the objects that match are to be counted. */
  readonly count: boolean;
  /** Whether one object is asked for by its id. */
  readonly isGet: boolean;
};

/** What a `beforeFind` changes. */
export type FindChanges = {
  /** Parts of the query: `where` is replaced as a whole, others where they say something (no 0, no empty text). */
  readonly query?: Query;
  /** What was found in place of a search; stored objects are read again with the rights of the one who asks. */
  readonly objects?: readonly FoundObject[];
};

/** An object in REST form; `className` where it is of another class than was searched, `objectId` where it is a stored one. */
export type FoundObject = JsonObject;

/** Tells a trigger of the objects that were found, as the reader may see them. */
export type FoundRequest = FindRequest & {
  /** The objects, in the order of the answer. */
  readonly objects: readonly FoundObject[];
};

// biome-ignore lint/suspicious/noConfusingVoidType: a trigger that changes nothing returns nothing
type Nothing = undefined | void;

type Result<Value> = Value | Nothing | Promise<Value | Nothing>;

/**
 * The triggers of a class: functions that Parse Server calls cloud code. A `before` trigger refuses by throwing. A `ParseError`
 * reaches the client as it is, a text or the message of anything else with code 141.
 */
export type ClassTriggers = {
  /** Before an object is written. Returns what it changes. */
  readonly beforeSave?: (request: SaveRequest) => Result<FieldChanges>;
  /** After an object was written. Returns what is answered in place of what was written; what it throws is only logged. */
  readonly afterSave?: (request: SaveRequest) => Result<SavedAnswer>;
  /** Before an object is deleted. */
  readonly beforeDelete?: (request: ObjectRequest) => Result<never>;
  /** After an object was deleted; what it throws reaches the client all the same. */
  readonly afterDelete?: (request: ObjectRequest) => Result<never>;
  /** Before objects are searched. Returns what it changes. */
  readonly beforeFind?: (request: FindRequest) => Result<FindChanges>;
  /** After objects were found. Returns those that are answered in their place. */
  readonly afterFind?: (request: FoundRequest) => Result<readonly FoundObject[]>;
  /** `_User` only: after the password was found right, before there is a session. */
  readonly beforeLogin?: (request: ObjectRequest) => Result<never>;
  /** `_User` only: after the session was opened; what it throws reaches the client, and the session stays. */
  readonly afterLogin?: (request: ObjectRequest) => Result<never>;
  /** `_Session` only: after the session has ended; the object is the session. */
  readonly afterLogout?: (request: ObjectRequest) => Result<never>;
  /** `_User` only: before a new password is asked for by mail. */
  readonly beforePasswordResetRequest?: (request: ObjectRequest) => Result<never>;
};

/** A file on its way into the store or out of it. */
export type TriggeredFile = {
  /** Its name, with the part that makes it unique once it is kept. */
  readonly name: string;
  /** The bytes in base 64; absent when it is deleted. */
  readonly base64?: string;
  /** Its media type; absent where none was given. */
  readonly contentType?: string;
  /** Where the file is served; a `beforeSave` that returns a file with an address has it stored nowhere. */
  readonly url?: string;
  /** What an application keeps beside it to find it by. */
  readonly tags: JsonObject;
  /** What else an application keeps beside it. */
  readonly metadata: JsonObject;
};

/** Tells a trigger of a file. */
export type FileRequest = TriggerRequest & {
  /** The file, as it is to be kept or as it was. */
  readonly file: TriggeredFile;
  /** In bytes; null where it is not known. */
  readonly fileSize: number | null;
};

/** The triggers of files (`@File`). */
export type FileTriggers = {
  /** Before a file is kept. Returns the one to keep in its place. */
  readonly beforeSave?: (request: FileRequest) => Result<TriggeredFile>;
  /** After a file was kept. */
  readonly afterSave?: (request: FileRequest) => Result<never>;
  /** Before a file is deleted. */
  readonly beforeDelete?: (request: FileRequest) => Result<never>;
  /** After a file was deleted. */
  readonly afterDelete?: (request: FileRequest) => Result<never>;
};

/** The triggers that operations ask for: those of the options, and those of cloud code, which may change while the emulator runs. */
export interface TriggerTable {
  /** Those of a class; of the configuration for `@Config`, which knows beforeSave and afterSave. */
  of(className: string): ClassTriggers | undefined;
  /** Those of files. */
  readonly files: FileTriggers | undefined;
}

/** The triggers of an emulator without any. */
export const NO_TRIGGERS: TriggerTable = { of: () => undefined, files: undefined };
