import { ParseError } from '../parse/error.ts';
import type { Json } from '../parse/record.ts';
import type { WriteRules } from './write-rules.ts';

const REQUIRED = ['name', 'ACL'] as const;

const isMissing = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

const required = (name: string): ParseError => new ParseError('INCORRECT_TYPE', `${name} is required.`);

/** A role needs a name, which no other role has, and an ACL. */
export const ROLE_RULES: WriteRules = {
  plan: (draft) => {
    const { fields, isNew, objectId } = draft;
    for (const field of REQUIRED) {
      // An update can set the ACL to null, which is an empty one, but not the name.
      const isWritten = Object.hasOwn(fields, field) && (isNew || field !== 'ACL');
      if ((isNew || isWritten) && isMissing(fields[field])) throw required(field);
    }
    return {
      check: (transaction) => {
        const { name } = fields;
        if (typeof name !== 'string') return;
        if (transaction.lookUp('_Role', 'name', name).some((role) => role.objectId !== objectId)) {
          throw new ParseError('DUPLICATE_VALUE', 'A duplicate value for a field with unique values was provided');
        }
      },
    };
  },
};
