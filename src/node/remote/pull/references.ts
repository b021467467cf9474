import { isObject, isPointer, type Json, type JsonObject } from '../../../parse/record.ts';

/** An object that another one names. */
export type Reference = { readonly className: string; readonly objectId: string };

const pointersIn = (value: Json): Reference[] => {
  if (Array.isArray(value)) return value.flatMap(pointersIn);
  if (!isObject(value)) return [];
  if (isPointer(value)) return [{ className: value.className, objectId: value.objectId }];
  return Object.values(value).flatMap(pointersIn);
};

/** The users whom an ACL names by their ids. */
const usersIn = (acl: Json | undefined): Reference[] =>
  Object.keys(isObject(acl) ? acl : {})
    .filter((subject) => subject !== '*' && !subject.startsWith('role:'))
    .map((objectId) => ({ className: '_User', objectId }));

/** What a row leads to: its pointers, wherever they stand in it, and the users of its ACL. */
export const referencesIn = ({ ACL, ...fields }: JsonObject): Reference[] => [...pointersIn(fields), ...usersIn(ACL)];
