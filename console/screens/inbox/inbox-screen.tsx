import { type ReactNode, useState } from 'react';
import type { OutboxMail } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo, useRoute } from '../../app/route.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { useConfirm } from '../../kit/confirm.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Screen } from '../../kit/screen.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { type Choice, Select } from '../../kit/select.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatMoment, formatNoun } from '../../lib/format.ts';
import { useLoad } from '../../lib/use-load.ts';
import { kindName } from './kind-name.ts';
import { MailDetail } from './mail-detail.tsx';

type Kind = 'all' | OutboxMail['kind'];

const KINDS: readonly Choice<Kind>[] = [
  { value: 'all', label: 'All mail' },
  { value: 'verifyEmail', label: 'Verification' },
  { value: 'resetPassword', label: 'New password' },
  { value: 'mail', label: "The application's own" },
  { value: 'sms', label: 'SMS' },
];

type Numbered = { readonly id: string; readonly mail: OutboxMail };

const isFor = ({ mail }: Numbered, kind: Kind, search: string): boolean =>
  (kind === 'all' || mail.kind === kind) && `${mail.to}\n${mail.subject}`.toLowerCase().includes(search.toLowerCase());

const MailRow = ({ one, isOpen, onOpen }: { one: Numbered; isOpen: boolean; onOpen: () => void }): ReactNode => (
  <li>
    <button
      type="button"
      className={`pue-item${isOpen ? ' pue-item-open' : ''}`}
      onClick={onOpen}
      aria-pressed={isOpen}
    >
      <span className="pue-item-head">
        <strong className="pue-text">{one.mail.to}</strong>
        <time className="pue-muted">{formatMoment(one.mail.sentAt)}</time>
      </span>
      <span className="pue-item-text">{one.mail.subject}</span>
      <Badge tone={one.mail.kind === 'resetPassword' ? 'warn' : 'accent'}>{kindName(one.mail)}</Badge>
    </button>
  </li>
);

/** The mail that would have been sent. */
export const InboxScreen = (): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const confirm = useConfirm();
  const go = useGo();
  const [openId] = useRoute().rest;
  const [kind, setKind] = useState<Kind>('all');
  const [search, setSearch] = useState('');
  const { value: mails, error, reload } = useLoad('inbox', () => connection.outbox.list(), 'mail state');
  const all = (mails ?? []).map((mail, at): Numbered => ({ id: String(at + 1), mail })).reverse();
  const shown = all.filter((one) => isFor(one, kind, search));
  const open = all.find(({ id }) => id === openId);

  const clear = async (): Promise<void> => {
    const text = 'All mail is forgotten. It cannot be brought back.';
    if (!(await confirm({ title: 'Empty the inbox?', text, action: 'Empty it' }))) return;
    await tell.attempt(() => connection.outbox.clear(), 'The inbox is empty.');
    go('/inbox');
    reload();
  };
  return (
    <Screen
      title="Inbox"
      isFull
      note={mails && formatNoun(mails.length, 'mail').replace(/mails$/, 'mails')}
      actions={
        <>
          <SearchField label="Search mail" value={search} onChange={setSearch} />
          <Select label="Kind of mail" isLabelHidden choices={KINDS} value={kind} onChange={setKind} />
          <Button icon="trash" aria-label="Empty the inbox" onPress={clear} isDisabled={all.length === 0} />
        </>
      }
    >
      <div className="pue-list-part pue-scroll">
        {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
        {!mails && error === undefined && <Waiting label="Loading mail" />}
        {mails && shown.length === 0 && (
          <Empty icon="inbox" title={all.length === 0 ? 'No mail yet' : 'No mail fits'}>
            {all.length === 0
              ? 'Start the emulator with --verify-user-emails and sign up with an address, or ask for a new password.'
              : 'Look for another text, or for all kinds.'}
          </Empty>
        )}
        <ul className="pue-items">
          {shown.map((one) => (
            <MailRow key={one.id} one={one} isOpen={one.id === openId} onOpen={() => go(toPath('inbox', one.id))} />
          ))}
        </ul>
      </div>
      {open && <MailDetail mail={open.mail} onClose={() => go('/inbox')} />}
    </Screen>
  );
};
