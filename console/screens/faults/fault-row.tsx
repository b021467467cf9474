import type { ReactNode } from 'react';
import type { FaultRecord } from '../../../src/client/index.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Switch } from '../../kit/switch.tsx';
import { formatTime } from '../../lib/format.ts';
import type { NamedFault } from './presets.ts';

type FaultRowProps = {
  readonly named: NamedFault;
  readonly record: FaultRecord | undefined;
  readonly onTurn: (isOn: boolean) => void;
  readonly onForget?: (() => void) | undefined;
};

/** A fault with its switch, and what it has struck. */
export const FaultRow = ({ named, record, onTurn, onForget }: FaultRowProps): ReactNode => {
  const { name, text } = named;
  return (
    <li className="pue-line">
      <Switch isOn={record !== undefined && !record.isOver} onChange={onTurn} label={name}>
        {undefined}
      </Switch>
      <div className="pue-line-text">
        <strong className="pue-text">{name}</strong>
        <span className="pue-muted pue-text">{text}</span>
        {record && record.strikes.length > 0 && (
          <ul className="pue-strikes" aria-label={`What ${name} struck`}>
            {record.strikes.map(({ at, operation }, index) => (
              <li key={`${at} ${index}`}>
                <time>{formatTime(at)}</time> <span className="pue-text">{operation.slice(0, 120)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {record && <Badge tone={record.hits > 0 ? 'warn' : 'plain'}>struck {record.hits}</Badge>}
      {record?.isOver && <Badge>used up</Badge>}
      {onForget && <Button look="quiet" icon="trash" aria-label={`Forget ${name}`} onPress={onForget} />}
    </li>
  );
};
