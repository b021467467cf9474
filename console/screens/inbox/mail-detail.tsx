import { type ReactNode, useState } from 'react';
import type { OutboxMail } from '../../../src/client/index.ts';
import { useHost } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { formatMoment } from '../../lib/format.ts';
import { FollowDialog } from './follow-dialog.tsx';
import { linkName } from './kind-name.ts';

/** The text of a mail without the link, which is a button below. */
const textOf = ({ text, link }: OutboxMail): string =>
  link === '' ? text : text.replaceAll(link, '').replace(/\n{3,}/g, '\n\n');

const isLink = (link: string): boolean => /^https?:\/\//i.test(link);

/** In the page of the console a link opens beside it; in that of an application it may lead to the emulator in that page. */
const LinkButton = ({ mail }: { readonly mail: OutboxMail }): ReactNode => {
  const { kind } = useHost();
  const [isFollowing, setFollowing] = useState(false);
  if (kind === 'page') {
    return (
      <a className="pue-button pue-button-primary" href={mail.link} target="_blank" rel="noopener">
        {linkName(mail)}
      </a>
    );
  }
  return (
    <>
      <Button look="primary" onPress={() => setFollowing(true)}>
        {linkName(mail)}
      </Button>
      {isFollowing && <FollowDialog mail={mail} onClose={() => setFollowing(false)} />}
    </>
  );
};

/** A mail as it looks. */
export const MailDetail = ({
  mail,
  onClose,
}: {
  readonly mail: OutboxMail;
  readonly onClose: () => void;
}): ReactNode => (
  <aside className="pue-detail" aria-label="Mail">
    <header className="pue-detail-head">
      <h2 className="pue-detail-title">{mail.subject}</h2>
      <Button look="quiet" icon="close" aria-label="Close the mail" onPress={onClose} />
    </header>
    <div className="pue-detail-body">
      <article className="pue-letter">
        <p className="pue-muted pue-text">
          To {mail.to}, {formatMoment(mail.sentAt)}
        </p>
        <div className="pue-letter-text">{textOf(mail)}</div>
        {isLink(mail.link) && (
          <div className="pue-actions">
            <LinkButton mail={mail} />
            <CopyButton label="Copy the link" text={mail.link} />
          </div>
        )}
      </article>
    </div>
  </aside>
);
