import type { Emulator } from '../../emulator.ts';
import { applicationIdOf } from '../../http/credentials/application-id.ts';
import type { HttpRequest, RequestHandler } from '../../http/wire/message.ts';
import type { Outbox } from '../../operations/outbox.ts';
import type { OutboxMail } from '../../options/adapters.ts';

type Watched = Pick<Emulator, 'outbox' | 'options' | 'app'>;

/** The outbox of the application that a request is for. */
const outboxOf = (emulator: Watched, request: HttpRequest): Outbox => {
  const appId = emulator.options.apps && applicationIdOf(request);
  try {
    return appId ? emulator.app(appId).outbox : emulator.outbox;
  } catch {
    return emulator.outbox; // an application that is not allowed: the request was refused
  }
};

/** Calls `onMail` with each mail that has come into the outbox of its application by the end of a request. */
export const withOutboxWatch = (
  emulator: Watched,
  handle: RequestHandler,
  onMail: (mail: OutboxMail) => void,
): RequestHandler => {
  const newest = new WeakMap<Outbox, OutboxMail>();
  return async (request) => {
    const answer = await handle(request);
    const outbox = outboxOf(emulator, request);
    const last = newest.get(outbox);
    const from = last ? outbox.lastIndexOf(last) + 1 : 0; // 0 also after the outbox was emptied
    for (const mail of outbox.slice(from)) onMail(mail);
    const now = outbox.at(-1);
    if (now) newest.set(outbox, now);
    return answer;
  };
};
