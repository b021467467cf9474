import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { LoggedRequest } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo, useRoute } from '../../app/route.ts';
import { Badge, type Tone } from '../../kit/badge.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Screen } from '../../kit/screen.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { Table } from '../../kit/table/table.tsx';
import { formatNoun, formatTime } from '../../lib/format.ts';
import { useLoad } from '../../lib/use-load.ts';
import { RequestDetail } from './request-detail.tsx';
import { askerOf } from './words.ts';

const column = createColumnHelper<LoggedRequest>();

const toneOf = ({ status, code }: LoggedRequest): Tone =>
  status >= 500 || status === 0 ? 'bad' : status >= 400 || code !== undefined ? 'warn' : 'good';

const COLUMNS: readonly ColumnDef<LoggedRequest>[] = [
  column.display({
    id: 'operation',
    header: 'Operation',
    size: 220,
    cell: ({ row }) => <span className="pue-cell-text pue-cell-strong">{row.original.operation.slice(0, 200)}</span>,
  }),
  column.display({
    id: 'status',
    header: 'Status',
    size: 120,
    cell: ({ row }) => (
      <>
        <Badge tone={toneOf(row.original)}>{row.original.status || 'broken'}</Badge>
        {row.original.code !== undefined && <Badge tone="warn">{String(row.original.code)}</Badge>}
      </>
    ),
  }),
  column.display({
    id: 'asker',
    header: 'Who asked',
    size: 120,
    cell: ({ row }) => <span className="pue-cell-text">{askerOf(row.original)}</span>,
  }),
  column.display({
    id: 'at',
    header: 'When',
    size: 90,
    meta: { isExtra: true },
    cell: ({ row }) => formatTime(row.original.at),
  }),
  column.display({
    id: 'took',
    header: 'Took',
    size: 70,
    meta: { isExtra: true },
    cell: ({ row }) => `${Math.round(row.original.milliseconds)} ms`,
  }),
];

const idOf = ({ id }: LoggedRequest): string => String(id);

const isWanted = (request: LoggedRequest, search: string): boolean =>
  search === '' || JSON.stringify(request).toLowerCase().includes(search.toLowerCase());

/** The last requests, live. */
export const RequestsScreen = (): ReactNode => {
  const connection = useConnection();
  const go = useGo();
  const [openId] = useRoute().rest;
  const [search, setSearch] = useState('');
  const { value: requests, error, reload } = useLoad('requests', () => connection.requests(), 'request state');
  const shown = useMemo(() => (requests ?? []).filter((one) => isWanted(one, search)).reverse(), [requests, search]);
  const rowAt = useCallback((index: number) => shown[index], [shown]);
  const open = useCallback((one: LoggedRequest) => go(toPath('requests', idOf(one))), [go]);
  const opened = requests?.find((one) => idOf(one) === openId);
  return (
    <Screen
      title="Requests"
      isFull
      note={requests && formatNoun(requests.length, 'request')}
      actions={<SearchField label="Search requests" value={search} onChange={setSearch} />}
    >
      <div className="pue-list-part">
        {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
        {!requests && error === undefined && <Waiting label="Loading requests" />}
        {requests?.length === 0 && (
          <Empty icon="requests" title="Nobody has asked anything yet">
            Point your application at the emulator. Each of its requests shows here as soon as it is answered.
          </Empty>
        )}
        {requests && requests.length > 0 && shown.length === 0 && (
          <Empty icon="search" title="No request fits">
            Look for another text: a name, a status, a part of an answer.
          </Empty>
        )}
        {shown.length > 0 && (
          <Table
            label="Requests"
            columns={COLUMNS}
            count={shown.length}
            rowAt={rowAt}
            idOf={idOf}
            onOpen={open}
            openId={openId}
          />
        )}
      </div>
      {opened && <RequestDetail key={opened.id} request={opened} onClose={() => go('/requests')} />}
    </Screen>
  );
};
