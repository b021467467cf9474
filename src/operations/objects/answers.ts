import type { JsonObject } from '../../parse/record.ts';
import { passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import { fieldMaskOf } from '../queries/visibility.ts';
import type { Write } from './stages.ts';

/**
 * The answer to a write as the caller may see it. It shows fields that are protected from readers, unless the option
 * `protectedFieldsSaveResponseExempt` is off; whose the object is sees it all the same.
 */
export const withoutProtected = (
  answer: JsonObject,
  { className, isNew, objectId }: Write,
  context: Context,
): JsonObject => {
  const { auth, options } = context;
  if (options.protectedFieldsSaveResponseExempt || passesRights(auth)) return answer;
  const isOwn = !isNew && context.rules.get(className)?.isOfAsker?.(objectId, context) === true;
  if (isOwn && options.protectedFieldsOwnerExempt) return answer;
  const { fields } = fieldMaskOf(className, context);
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !fields.includes(name)));
};
