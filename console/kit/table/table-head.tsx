import { flexRender, type Header } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import { cellClass, cellStyle } from './cell.ts';

const SORTED = { asc: 'ascending', desc: 'descending' } as const;

const HeadCell = <Row,>({ header }: { readonly header: Header<Row, unknown> }): ReactNode => {
  const { column } = header;
  const sorted = column.getIsSorted();
  const name = flexRender(column.columnDef.header, header.getContext());
  const canSort = column.columnDef.enableSorting !== false && column.accessorFn !== undefined;
  return (
    <th
      role="columnheader"
      scope="col"
      className={cellClass(column.columnDef)}
      style={cellStyle(column.columnDef)}
      aria-sort={sorted ? SORTED[sorted] : 'none'}
    >
      {canSort ? (
        <button type="button" className="pue-sort" onClick={() => column.toggleSorting()}>
          {name}
          {sorted && <Icon name={sorted === 'asc' ? 'up' : 'down'} size={12} />}
        </button>
      ) : (
        name
      )}
    </th>
  );
};

/** The names of the columns; one that can order the rows is a button. */
export const TableHead = <Row,>({ headers }: { readonly headers: readonly Header<Row, unknown>[] }): ReactNode => (
  <thead role="rowgroup" className="pue-table-head">
    <tr role="row" className="pue-row" aria-rowindex={1}>
      {headers.map((header) => (
        <HeadCell key={header.id} header={header} />
      ))}
    </tr>
  </thead>
);
