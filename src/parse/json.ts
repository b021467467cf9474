import type { Json, JsonObject } from './record.ts';

/** A value as it travels: what JSON does not know is left out. Throws for what has circles. */
export const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value) ?? 'null');

/** An object as it travels. */
export const toJsonObject = (value: object): JsonObject => JSON.parse(JSON.stringify(value));
