import { flexRender, type Row as TableRowModel } from '@tanstack/react-table';
import type { KeyboardEvent, ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { cellClass, cellStyle } from './cell.ts';

type TableRowProps<Row> = {
  readonly index: number;
  /** How far from the top it is, in pixels. */
  readonly start: number;
  /** Undefined as long as it is not read. */
  readonly row: TableRowModel<Row> | undefined;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (() => void) | undefined;
};

/** A row at its place. */
export const TableRow = <Row,>(given: TableRowProps<Row>): ReactNode => {
  const { index, start, row, isActive, isOpen, onFocus, onOpen } = given;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    onOpen?.();
  };
  return (
    <tr
      role="row"
      className={classNames('pue-row', 'pue-row-body', isOpen && 'pue-row-open', onOpen && 'pue-row-link')}
      style={{ transform: `translateY(${start}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      {row ? (
        row.getVisibleCells().map((cell) => (
          <td
            key={cell.id}
            role="gridcell"
            className={cellClass(cell.column.columnDef)}
            style={cellStyle(cell.column.columnDef)}
          >
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </td>
        ))
      ) : (
        <td role="gridcell" className="pue-cell pue-cell-waiting">
          <span aria-hidden="true" />
        </td>
      )}
    </tr>
  );
};
