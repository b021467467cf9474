import type { JsonObject } from '../../parse/record.ts';

/** An object as the code of an adapter gets it: one of Parse's SDK where cloud code is lent one. */
export type AdapterObject = { get(name: string): unknown; readonly id?: string | undefined };

/** What an adapter is lent. */
export type AdapterLender = {
  toObject(className: string, json: JsonObject): AdapterObject;
  /** Runs code of the adapter. `running` is what it runs in, for people. */
  run<Result>(running: string, work: () => Result): Result;
};
