import type { Emulator } from '../../../emulator.ts';
import { applicationIdOf } from '../../../http/credentials/application-id.ts';
import { GRAPHQL_LIMIT } from '../../../http/graphql-servers/apollo.ts';
import { CONTROL_LIMIT, mayControl } from '../../../http/routes/control.ts';
import { createInnerPaths } from '../../../http/wire/inner-paths.ts';
import { toMediaType } from '../../../http/wire/media-type.ts';
import type { HttpRequest } from '../../../http/wire/message.ts';
import { below, type Target, toTarget } from '../../../http/wire/target.ts';
import { toBytes } from '../../../options/byte-size.ts';
import type { Options } from '../../../options/table.ts';

type Head = Omit<HttpRequest, 'body'>;

/** How many bytes of a request's body are read, from what comes before it; 0: it is refused whatever the body is. */
export type BodyLimit = (request: Head) => number;

/** A form may bring several files; whether each is small enough is not the host's affair. */
const FILES_AT_ONCE = 4;

/** The SDKs for browsers name the application in the body, which is JSON or a form whatever it is called, but no other kind. */
const MAY_NAME_APPLICATION = new Set([
  undefined,
  'text/plain',
  'application/json',
  'application/x-www-form-urlencoded',
]);

const typeOf = ({ headers }: Head): string | undefined => toMediaType(headers['content-type'] ?? '')?.essence;

const hasKnownId = (request: Head, { appId, apps }: Options): boolean => {
  const id = applicationIdOf({ ...request, body: '' });
  return id !== undefined && (id === appId || apps === 'any' || apps?.includes(id) === true);
};

const limitFor = (request: Head, target: Target, options: Options): number => {
  const isBelow = (mount: string): boolean => below(mount, target.path) !== undefined;
  if (isBelow('/emulator')) return mayControl(request, target, options) ? CONTROL_LIMIT : 0;
  const type = typeOf(request);
  const isKnown = hasKnownId(request, options);
  const largest = toBytes(options.maxUploadSize) ?? 0;
  if (isBelow('/graphql')) {
    if (!isKnown) return 0;
    return type === 'multipart/form-data' ? FILES_AT_ONCE * largest : GRAPHQL_LIMIT;
  }
  return isBelow('/parse') && (isKnown || MAY_NAME_APPLICATION.has(type)) ? largest : 0;
};

/**
 * What is read of the bodies for an emulator. The control routes take whole states, which may be larger than what clients upload, from
 * those who may control; and nobody's body is read who names no application that is here and cannot name one in it.
 */
export const bodyLimitOf = ({ options }: Emulator): BodyLimit => {
  const toInner = createInnerPaths(options);
  return (request) => {
    const inner = toInner(request);
    return limitFor(inner, toTarget(inner.url), options);
  };
};
