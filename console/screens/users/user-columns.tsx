import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import type { JsonObject, UserStanding } from '../../../src/client/index.ts';
import { showValue } from '../../fields/show-value.ts';
import { Badge } from '../../kit/badge.tsx';
import { formatMoment } from '../../lib/format.ts';

/** A user, and how it stands. */
export type UserRow = { readonly user: JsonObject; readonly standing: UserStanding | undefined };

const column = createColumnHelper<UserRow>();

/** The columns of the table of users. */
export const USER_COLUMNS: readonly ColumnDef<UserRow>[] = [
  column.accessor(({ user }) => showValue(user['username']), {
    id: 'username',
    header: 'Username',
    size: 160,
    cell: ({ getValue }) => <span className="pue-cell-text pue-cell-strong">{getValue() || '(no name)'}</span>,
  }) as ColumnDef<UserRow>,
  column.accessor(({ user }) => showValue(user['email']), {
    id: 'email',
    header: 'Address',
    size: 220,
    cell: ({ getValue, row }) => (
      <>
        <span className="pue-cell-text">{getValue()}</span>
        {row.original.user['emailVerified'] === true && <Badge tone="good">verified</Badge>}
      </>
    ),
  }) as ColumnDef<UserRow>,
  column.display({
    id: 'standing',
    header: 'Standing',
    size: 150,
    meta: { isExtra: true },
    cell: ({ row }) => {
      const { lockedUntil, providers = [], sessions = 0 } = row.original.standing ?? {};
      return (
        <>
          {lockedUntil && <Badge tone="bad">locked</Badge>}
          {sessions > 0 && <Badge tone="accent">{sessions === 1 ? '1 session' : `${sessions} sessions`}</Badge>}
          {providers.map((name) => (
            <Badge key={name}>{name}</Badge>
          ))}
        </>
      );
    },
  }),
  column.accessor(({ user }) => String(user['objectId']), {
    id: 'objectId',
    header: 'Id',
    size: 100,
    meta: { isExtra: true, isCode: true },
  }) as ColumnDef<UserRow>,
  column.accessor(({ user }) => formatMoment(String(user['createdAt'])), {
    id: 'createdAt',
    header: 'Made',
    size: 140,
    meta: { isExtra: true },
  }) as ColumnDef<UserRow>,
];
