import { lazy, type ReactNode, Suspense, useCallback, useDeferredValue, useState } from 'react';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo, useRoute } from '../../app/route.ts';
import { Button } from '../../kit/button.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Screen } from '../../kit/screen.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { type Choice, Select } from '../../kit/select.tsx';
import { Table } from '../../kit/table/table.tsx';
import { formatNoun } from '../../lib/format.ts';
import { usePages } from '../../lib/use-pages.ts';
import { USER_COLUMNS, type UserRow } from './user-columns.tsx';

/** What is shown after a click comes after a click. */
const UserDetail = lazy(async () => ({ default: (await import('./user-detail.tsx')).UserDetail }));
const AddUserDialog = lazy(async () => ({ default: (await import('./add-user-dialog.tsx')).AddUserDialog }));

type Filter = 'all' | 'verified' | 'unverified' | 'locked' | 'linked' | 'mfa' | 'anonymous';

const FILTERS: readonly Choice<Filter>[] = [
  { value: 'all', label: 'All users' },
  { value: 'verified', label: 'Address verified' },
  { value: 'unverified', label: 'Address not verified' },
  { value: 'locked', label: 'Locked' },
  { value: 'linked', label: 'With a linked provider' },
  { value: 'mfa', label: 'With a second factor' },
  { value: 'anonymous', label: 'Anonymous' },
];

const idOf = ({ user }: UserRow): string => String(user['objectId']);

const NoUsers = ({ isSearch, onAdd }: { readonly isSearch: boolean; readonly onAdd: () => void }): ReactNode =>
  isSearch ? (
    <Empty icon="search" title="Nobody fits">
      Look for another text, or for all kinds of users.
    </Empty>
  ) : (
    <Empty
      icon="users"
      title="There are no users yet"
      action={
        <Button look="primary" icon="plus" onPress={onAdd}>
          Add a user
        </Button>
      }
    >
      Add the first one here, sign up in your application, or start the emulator with <code>--seed</code>.
    </Empty>
  );

/** The users: found, opened, added. */
export const UsersScreen = (): ReactNode => {
  const connection = useConnection();
  const go = useGo();
  const [openId] = useRoute().rest;
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [order, setOrder] = useState('-createdAt');
  const [isAdding, setAdding] = useState(false);
  const wanted = useDeferredValue(search);

  const pages = usePages<UserRow>(
    JSON.stringify([wanted, filter, order]),
    async (skip, limit) => {
      const wish = { search: wanted, order, skip, limit, ...(filter !== 'all' && { filter }) };
      const { results, standings = [], count } = await connection.objects(wish);
      return { count, rows: results.map((user, at) => ({ user, standing: standings[at] })) };
    },
    'change state',
  );
  const { count, error } = pages;
  const open = useCallback((row: UserRow) => go(toPath('users', idOf(row))), [go]);
  const isSearch = wanted !== '' || filter !== 'all';

  return (
    <Screen
      title="Users"
      isFull
      note={count === undefined ? undefined : formatNoun(count, 'user')}
      actions={
        <>
          <SearchField label="Search users" value={search} onChange={setSearch} />
          <Select label="Kind of users" isLabelHidden choices={FILTERS} value={filter} onChange={setFilter} />
          <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
            Add
          </Button>
        </>
      }
    >
      <div className="pue-list-part">
        {error !== undefined && <ErrorNote error={error} onRetry={pages.reload} />}
        {count === undefined && error === undefined && <Waiting label="Loading users" />}
        {count === 0 && <NoUsers isSearch={isSearch} onAdd={() => setAdding(true)} />}
        {count !== undefined && count > 0 && (
          <Table
            label="Users"
            columns={USER_COLUMNS}
            count={count}
            rowAt={pages.rowAt}
            idOf={idOf}
            onLook={pages.want}
            onOpen={open}
            openId={openId}
            order={order}
            onOrder={setOrder}
          />
        )}
      </div>
      <Suspense fallback={null}>
        {openId !== undefined && <UserDetail key={openId} objectId={openId} onClose={() => go('/users')} />}
      </Suspense>
      <Suspense fallback={null}>
        {isAdding && (
          <AddUserDialog
            onClose={() => setAdding(false)}
            onAdded={(objectId) => {
              setAdding(false);
              go(toPath('users', objectId));
            }}
          />
        )}
      </Suspense>
    </Screen>
  );
};
