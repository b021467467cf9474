import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { JsonObject } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo, useRoute } from '../../app/route.ts';
import { showValue } from '../../fields/show-value.ts';
import { Button } from '../../kit/button.tsx';
import { Combo } from '../../kit/combo.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Screen } from '../../kit/screen.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { Table } from '../../kit/table/table.tsx';
import { formatNoun } from '../../lib/format.ts';
import { type ClassShape, findClass, useClasses } from '../../lib/schemas.ts';
import { usePages } from '../../lib/use-pages.ts';
import { AddObjectDialog } from './add-object-dialog.tsx';
import { ObjectDetail } from './object-detail.tsx';

const column = createColumnHelper<JsonObject>();

const NOT_SHOWN = new Set(['objectId', 'createdAt', 'updatedAt', 'ACL', 'password', 'authData', 'sessionToken']);
const MOST_COLUMNS = 4;

const columnsOf = ({ fields }: ClassShape): readonly ColumnDef<JsonObject>[] => [
  column.accessor((object) => showValue(object['objectId']), {
    id: 'objectId',
    header: 'Id',
    size: 110,
    meta: { isCode: true },
  }) as ColumnDef<JsonObject>,
  ...Object.keys(fields)
    .filter((name) => !NOT_SHOWN.has(name))
    .slice(0, MOST_COLUMNS)
    .map(
      (name, at) =>
        column.accessor((object) => showValue(object[name]), {
          id: name,
          header: name,
          size: 150,
          meta: { isExtra: at > 0 },
          cell: ({ getValue }) => <span className="pue-cell-text">{getValue()}</span>,
        }) as ColumnDef<JsonObject>,
    ),
  column.accessor((object) => showValue(object['updatedAt']).slice(0, 19).replace('T', ' '), {
    id: 'updatedAt',
    header: 'Changed',
    size: 140,
    meta: { isExtra: true },
  }) as ColumnDef<JsonObject>,
];

const idOf = (object: JsonObject): string => String(object['objectId']);

type ListProps = { readonly shape: ClassShape; readonly search: string; readonly openId: string | undefined };

const ObjectList = ({ shape, search, openId }: ListProps): ReactNode => {
  const connection = useConnection();
  const go = useGo();
  const [order, setOrder] = useState('-updatedAt');
  const { className } = shape;
  const columns = useMemo(() => columnsOf(shape), [shape]);
  const pages = usePages<JsonObject>(
    JSON.stringify([className, search, order]),
    async (skip, limit) => {
      const { results, count } = await connection.objects({ className, search, order, skip, limit });
      return { rows: results, count };
    },
    'change state',
  );
  const open = useCallback((object: JsonObject) => go(toPath('objects', className, idOf(object))), [go, className]);
  const { count, error } = pages;
  if (error !== undefined) return <ErrorNote error={error} onRetry={pages.reload} />;
  if (count === undefined) return <Waiting label="Loading objects" />;
  if (count === 0) {
    return (
      <Empty icon="objects" title={search === '' ? `No object of ${className} yet` : 'No object fits'}>
        {search === '' ? 'Add one here, or write one in your application.' : 'Look for another text.'}
      </Empty>
    );
  }
  return (
    <>
      <p className="pue-count">{formatNoun(count, 'object')}</p>
      <Table
        label={`Objects of ${className}`}
        columns={columns}
        count={count}
        rowAt={pages.rowAt}
        idOf={idOf}
        onLook={pages.want}
        onOpen={open}
        openId={openId}
        order={order}
        onOrder={setOrder}
      />
    </>
  );
};

/** The objects of any class. */
export const ObjectsScreen = (): ReactNode => {
  const go = useGo();
  const [named, openId] = useRoute().rest;
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [isAdding, setAdding] = useState(false);
  const { value: classes, error } = useClasses();
  const className = named ?? classes?.find((one) => !one.className.startsWith('_'))?.className ?? '_User';
  const shape = findClass(classes, className);
  const choices = (classes ?? []).map((one) => ({ value: one.className, label: one.className }));
  return (
    <Screen
      title="Objects"
      isFull
      actions={
        <>
          {classes && (
            <Combo
              key={className}
              label="Class"
              isLabelHidden
              choices={choices}
              value={className}
              onChange={(next) => next !== className && go(toPath('objects', next))}
            />
          )}
          <SearchField label="Search objects" value={search} onChange={setSearch} />
          <Button look="primary" icon="plus" onPress={() => setAdding(true)} isDisabled={!shape}>
            Add
          </Button>
        </>
      }
    >
      <div className="pue-list-part">
        {error !== undefined && <ErrorNote error={error} />}
        {classes && !shape && (
          <Empty icon="objects" title={`There is no class ${className.slice(0, 60)}`}>
            Choose another above.
          </Empty>
        )}
        {shape && <ObjectList key={className} shape={shape} search={wanted} openId={openId} />}
      </div>
      {shape && openId !== undefined && (
        <ObjectDetail
          key={`${className} ${openId}`}
          shape={shape}
          objectId={openId}
          onClose={() => go(toPath('objects', className))}
        />
      )}
      {shape && isAdding && (
        <AddObjectDialog
          shape={shape}
          onClose={() => setAdding(false)}
          onAdded={(objectId) => {
            setAdding(false);
            go(toPath('objects', className, objectId));
          }}
        />
      )}
    </Screen>
  );
};
