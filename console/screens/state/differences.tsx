import type { ReactNode } from 'react';
import type { Difference } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { showValue } from '../../fields/show-value.ts';
import { Badge, type Tone } from '../../kit/badge.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useLoad } from '../../lib/use-load.ts';

const TONES: { readonly [deed in Difference['deed']]: readonly [word: string, tone: Tone] } = {
  create: ['new', 'good'],
  update: ['changed', 'warn'],
  delete: ['gone', 'bad'],
};

const MOST_FIELDS = 12;

const Changed = ({ difference }: { readonly difference: Difference }): ReactNode => {
  const { className, objectId, deed, fields } = difference;
  const [word, tone] = TONES[deed];
  return (
    <li className="pue-difference">
      <div className="pue-badges">
        <Badge tone={tone}>{word}</Badge>
        <strong className="pue-text">
          {className} {objectId}
        </strong>
      </div>
      {deed === 'update' && (
        <ul className="pue-code pue-difference-fields">
          {fields.slice(0, MOST_FIELDS).map(({ name, before, after }) => (
            <li key={name}>
              <span className="pue-muted">{name}</span> <del>{showValue(before) || '∅'}</del>{' '}
              <ins>{showValue(after) || '∅'}</ins>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** What has changed since a snapshot, or since the seed. */
export const Differences = ({ since }: { readonly since: string | undefined }): ReactNode => {
  const connection = useConnection();
  const load = () => connection.differences(since);
  const { value, error } = useLoad(`differences ${since}`, load, 'change state');
  if (error !== undefined) return <ErrorNote error={error} />;
  if (!value) return null;
  const { differences, count } = value;
  if (count === 0) return <p className="pue-muted">Nothing.</p>;
  return (
    <>
      <p className="pue-muted">
        {formatNoun(count, 'object')}
        {count > differences.length && `, the first ${differences.length} of them`}
      </p>
      <ul className="pue-lines pue-lines-short">
        {differences.map((one) => (
          <Changed key={`${one.className} ${one.objectId}`} difference={one} />
        ))}
      </ul>
    </>
  );
};
