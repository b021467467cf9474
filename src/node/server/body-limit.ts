import type { Emulator } from '../../emulator.ts';
import { CONTROL_LIMIT, mayControl } from '../../http/routes/control.ts';
import type { HttpRequest } from '../../http/wire/message.ts';
import { below, toTarget } from '../../http/wire/target.ts';
import { toBytes } from '../../options/byte-size.ts';

/** How many bytes of a request's body are read, from what comes before it. */
export type BodyLimit = (request: Omit<HttpRequest, 'body'>) => number;

/** A form may bring several files; whether each is small enough is not the host's affair. */
const FILES_AT_ONCE = 4;

/** The control routes take whole states, which may be larger than what clients upload, from those who may control. */
export const bodyLimitOf = ({ options }: Emulator): BodyLimit => {
  const limit = FILES_AT_ONCE * (toBytes(options.maxUploadSize) ?? 0);
  return (request) => {
    const target = toTarget(request.url);
    if (below('/emulator', target.path) === undefined) return limit;
    return mayControl(request, target, options) ? CONTROL_LIMIT : 0;
  };
};
