import type { OutboxMail } from '../options/adapters.ts';
import { UserError } from '../parse/user-error.ts';
import { copy, freeze } from '../store/frozen.ts';

/**
 * Which mail is meant; what is not said may be anything.
 * @interface
 */
export type MailFilter = Partial<Pick<OutboxMail, 'to' | 'kind'>> & {
  /** How long to wait, in milliseconds of the platform's time. @default 1000 */
  readonly timeout?: number;
};

/** The mail that would have been sent, the oldest first. */
export type Outbox = readonly OutboxMail[] & {
  /** The newest mail that fits, as soon as there is one. Rejects when there is none in time. */
  waitFor(filter?: MailFilter): Promise<OutboxMail>;
};

/** The outbox, for the one who fills it. */
export type OutboxWriter = { readonly outbox: Outbox; add(mail: OutboxMail): void; clear(): void };

/** Whether a mail is one of those that are meant. */
export const isWished = ({ to, kind }: OutboxMail, filter: Pick<MailFilter, 'to' | 'kind'>): boolean =>
  (filter.to === undefined || filter.to === to) && (filter.kind === undefined || filter.kind === kind);

const show = ({ kind, to }: Pick<MailFilter, 'kind' | 'to'>): string => `${kind ?? 'any mail'} to ${to ?? 'anybody'}`;

const toFailure = (filter: MailFilter, mails: readonly OutboxMail[]): Error => {
  const present = mails.length === 0 ? 'it is empty' : `it holds ${mails.map(show).join(', ')}`;
  return new UserError(`Failed to find ${show(filter)} in the outbox: ${present}`);
};

/** An empty outbox. */
export const createOutbox = (): OutboxWriter => {
  const mails: OutboxMail[] = [];
  const waiting = new Set<() => void>();

  const waitFor = ({ timeout = 1000, ...filter }: MailFilter = {}): Promise<OutboxMail> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = mails.findLast((mail) => isWished(mail, filter));
        if (!found) return;
        waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(toFailure(filter, mails));
      }, timeout);
      waiting.add(look);
      look();
    });

  return {
    outbox: Object.defineProperty(mails, 'waitFor', { value: waitFor }) as OutboxMail[] & Pick<Outbox, 'waitFor'>,
    add(mail) {
      mails.push(freeze(copy(mail)));
      for (const look of waiting) look();
    },
    clear: () => void mails.splice(0),
  };
};
