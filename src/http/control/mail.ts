import { isWished, type MailFilter } from '../../operations/outbox.ts';
import type { OutboxMail } from '../../options/adapters.ts';
import { matching, oneOf, text } from '../../options/shape.ts';
import type { Control } from '../parts.ts';
import { checkQuery, type Runs } from './run.ts';

const KINDS: readonly OutboxMail['kind'][] = ['verifyEmail', 'resetPassword'];
const LONGEST_WAIT = 600_000;

const checkWish = checkQuery('read the outbox', {
  kind: oneOf(KINDS),
  to: text,
  wait: matching(
    `milliseconds from 0 to ${LONGEST_WAIT}`,
    (value) => typeof value === 'string' && /^\d{1,6}$/.test(value) && Number(value) <= LONGEST_WAIT,
  ),
});

const readOutbox = async (query: URLSearchParams, { outbox }: Control): Promise<readonly OutboxMail[]> => {
  checkWish(query);
  const kind = KINDS.find((one) => one === query.get('kind'));
  const to = query.get('to');
  const wish: MailFilter = { ...(kind && { kind }), ...(to !== null && { to }) };
  const wait = query.get('wait');
  if (wait !== null) await outbox.waitFor({ ...wish, timeout: Number(wait) });
  return outbox.filter((mail) => isWished(mail, wish));
};

/** The outbox: `?kind=` and `?to=` choose, `?wait=` waits so many milliseconds for one that fits. */
export const mailRuns = (control: Control): Runs => ({
  'GET /outbox': (_body, query) => readOutbox(query, control),
  'DELETE /outbox': () => control.clearOutbox(),
});
