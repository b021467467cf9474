import type { RequestReason } from '../../parse/reason.ts';
import type { Row } from './say.ts';

/** Why requests are refused before anybody looks at what they ask for. */
export const REQUEST_ROWS: { readonly [Name in RequestReason]: Row } = {
  contentType: () => [
    'The header Content-Type is missing, or names another type than the body must have.',
    'Send Content-Type: application/json.',
  ],
  bodyMissing: () => ['The request has no body.', 'POST { "query": "…", "variables": { … } } as JSON.'],
  bodyTooLarge: (say) => [
    'The body is larger than is read.',
    `GraphQL takes 100 KB of JSON; for files and REST see ${say.option('maxUploadSize')}.`,
  ],
  bodyUnreadable: () => [
    'The body has an encoding or a charset that is not read.',
    'Send it uncompressed, in UTF-8, without Content-Encoding.',
  ],
  jsonBroken: () => [
    'The body is not valid JSON.',
    'Make it with JSON.stringify; look for a comma or a quote that is one too many.',
  ],
  formBroken: () => [
    'The form is not one of the GraphQL multipart request specification.',
    'Send operations, then map, then the files, in this order.',
  ],
  queryMissing: () => [
    'The JSON of the body is not a GraphQL request.',
    'Send an object: { "query": "…", "variables": { … }, "operationName": "…" }.',
  ],
  notAcceptable: () => ['The header Accept takes no JSON.', 'Send Accept: application/json, or leave it out.'],
  introspection: (say) => [
    'Only the master key may ask for the schema.',
    `Turn on ${say.option('graphQLPublicIntrospection')}, send the master key, or print it: ${say.schema}.`,
  ],
  rateLimit: (say) => [
    `So many requests came that ${say.option('rateLimit')} refuses this one.`,
    `Move the time on, ${say.advance}, or allow more.`,
  ],
  cloudContext: () => [
    'The header X-Parse-Cloud-Context, or _context in the body, is not a JSON object.',
    'Send an object, such as { "from": "test" }, or leave it out.',
  ],
};
