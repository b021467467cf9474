import type { ObjectReason } from '../../parse/reason.ts';
import type { Row } from './say.ts';

const FIELDS = 'Compare it with the fields of the class';

/** Why operations on objects, classes, functions and files are refused. */
export const OBJECT_ROWS: { readonly [Name in ObjectReason]: Row } = {
  fieldProtected: (say) => [
    'The query asks for a field that is hidden from the one who asks.',
    `Leave it out, send the master key, or change ${say.option('protectedFields')}.`,
  ],
  fieldFixed: () => ["The field is one of Parse's own, and stays as it is.", 'Choose another name.'],
  fieldUnknown: (say) => ['The class has no such field.', `${FIELDS}: ${say.schema}.`],
  fieldThere: () => ['The class has a field of this name, of another type.', 'Delete the field first.'],
  classClosed: () => [
    "The class is one of Parse's own that clients may not touch.",
    'Send the master key, if the class is not kept from it as well.',
  ],
  classFixed: (say) => [
    `There is no such class, and ${say.option('allowClientClassCreation')} is off.`,
    `Name the class in ${say.option('schema')} or in the seed.`,
  ],
  datesReversed: () => ['updatedAt lies before createdAt.', 'Put them in order.'],
  tooComplex: (say) => [
    `The request is larger than ${say.option('requestComplexity')} allows.`,
    'Ask for less at once, or allow more.',
  ],
  stumble: () => [
    'Parse Server and its database fail inside over such a value, and the emulator does as they do.',
    'Look at the constraint or the value that is not of the usual form, such as null in place of an object.',
  ],
  providerUnknown: (say) => [
    `There is no such provider in ${say.option('auth')}.`,
    'Name it: { "google": true } takes whatever authData comes.',
  ],
  whereUnreadable: () => ['The parameter where is not valid JSON.', 'Make it with JSON.stringify.'],
  batchedGet: () => ['A GET of objects came in a batch, without a body.', 'Give it the body {}, or send it by itself.'],
  routeAbsent: (say) => [
    'This version does not have the route yet.',
    `Choose a later one: ${say.option('parseVersion')}.`,
  ],
  functionUnknown: (say) => ['There is no function of this name.', `Define it: ${say.code}.`],
  jobUnknown: (say) => ['There is no job of this name.', `Define it in cloud code: ${say.option('cloud')}.`],
  configNotNumber: () => ['The parameter of the config holds no number to add to.', 'Set it to a number first.'],
  fileEmpty: () => ['The file has no bytes.', 'Send what it holds as the body.'],
  hook: () => [
    'The webhook is not declared as one, or is there already.',
    'Send functionName and url, or className, triggerName and url.',
  ],
  hookUnknown: () => ['There is no such webhook.', 'GET /parse/hooks/functions and /parse/hooks/triggers list them.'],
};
