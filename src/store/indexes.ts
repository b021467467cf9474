import { isObject, isPointer, type Json, type ParseRecord } from '../parse/record.ts';
import type { IndexDefinition } from './table.ts';

/** Usernames and emails are compared in one letter case where they must be unique. */
export const foldCase = (text: string): string => text.toLowerCase();

/** The key of the index `authData`: an id at a provider. */
export const toAuthDataKey = (provider: string, id: string): string => `${provider}:${id}`;

const text = (value: Json | undefined): readonly string[] => (typeof value === 'string' ? [value] : []);

const byText = (name: string): IndexDefinition => ({ name, keys: (record) => text(record[name]) });

const byFoldedText = (name: string): IndexDefinition => ({ name, keys: (record) => text(record[name]).map(foldCase) });

const authDataKeys = (record: ParseRecord): readonly string[] =>
  Object.entries(isObject(record['authData']) ? record['authData'] : {}).flatMap(([provider, value]) =>
    isObject(value) && typeof value['id'] === 'string' ? [toAuthDataKey(provider, value['id'])] : [],
  );

const userKeys = (record: ParseRecord): readonly string[] =>
  isPointer(record['user']) ? [record['user'].objectId] : [];

// A map, since a class may be named `constructor`.
const CLASS_INDEXES: ReadonlyMap<string, readonly IndexDefinition[]> = new Map([
  [
    '_User',
    [
      byFoldedText('username'),
      byFoldedText('email'),
      byText('_email_verify_token'),
      byText('_perishable_token'),
      { name: 'authData', keys: authDataKeys },
    ],
  ],
  ['_Session', [byText('sessionToken'), { name: 'user', keys: userKeys }]],
  ['_Role', [byText('name')]],
]);

const JOIN_INDEXES: readonly IndexDefinition[] = [byText('owningId'), byText('relatedId')];

/** The indexes of a class, by name; joins (`_Join:users:_Role`) are found from both sides. */
export const indexesOf = (className: string): readonly IndexDefinition[] =>
  className.startsWith('_Join:') ? JOIN_INDEXES : (CLASS_INDEXES.get(className) ?? []);
