import type { Emulator } from '../emulator.ts';
import type { Handle } from '../http/message.ts';
import type { OutboxMail } from '../operations/mail.ts';

/** Calls `onMail` with each mail that has come into the outbox by the end of a request. */
export const withOutboxWatch = (
  { outbox }: Pick<Emulator, 'outbox'>,
  handle: Handle,
  onMail: (mail: OutboxMail) => void,
): Handle => {
  let newest: OutboxMail | undefined;
  return async (request) => {
    const answer = await handle(request);
    const from = newest ? outbox.lastIndexOf(newest) + 1 : 0; // 0 also after the outbox was emptied
    for (const mail of outbox.slice(from)) onMail(mail);
    newest = outbox.at(-1);
    return answer;
  };
};
