import { type ColumnDef, getCoreRowModel, type SortingState, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';

/** What a table shows. */
export type TableProps<Row> = {
  readonly label: string;
  readonly columns: readonly ColumnDef<Row>[];
  /** How many rows there are. */
  readonly count: number;
  /** The row at a place; undefined as long as it is not read. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly idOf: (row: Row) => string;
  /** Is told which rows are looked at. */
  readonly onLook?: (first: number, last: number) => void;
  readonly onOpen?: (row: Row) => void;
  /** The id of the row that is open. */
  readonly openId?: string | undefined;
  /** The column that orders the rows, with `-` before it the other way round. */
  readonly order?: string;
  readonly onOrder?: (order: string) => void;
};

const ROW_HEIGHT = 40;

const toSorting = (order: string): SortingState =>
  order === '' ? [] : [{ id: order.replace(/^-/, ''), desc: order.startsWith('-') }];

const STEPS: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

const nextIndex = (key: string, at: number, count: number): number | undefined => {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, at + step));
};

/** A table of which only the rows in view are there. Arrow keys move among rows, Enter opens one. */
export const Table = <Row,>(given: TableProps<Row>): ReactNode => {
  const { label, columns, count, rowAt, idOf, onLook, onOpen, openId, order = '', onOrder } = given;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onLook?.(first, last), [onLook, first, last]);

  const rows = useMemo(() => {
    const found: Row[] = [];
    for (let index = first; index <= last; index++) {
      const row = rowAt(index);
      if (row !== undefined) found.push(row);
    }
    return found;
  }, [rowAt, first, last]);
  const table = useReactTable<Row>({
    data: rows,
    columns: [...columns],
    getCoreRowModel: getCoreRowModel(),
    getRowId: idOf,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting: toSorting(order) },
    onSortingChange: (change) => {
      const [chosen] = typeof change === 'function' ? change(toSorting(order)) : change;
      if (chosen) onOrder?.(`${chosen.desc ? '-' : ''}${chosen.id}`);
    },
  });

  const focusRow = (index: number): void => {
    setActive(index);
    virtual.scrollToIndex(index, { align: 'auto' });
    const look = (): void =>
      scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus({ preventScroll: true });
    requestAnimationFrame(() => requestAnimationFrame(look)); // the row comes with the next drawing
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, active, count);
    if (next === undefined || count === 0) return;
    event.preventDefault();
    focusRow(next);
  };
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  return (
    <div className="pue-table-scroll" ref={scroller}>
      <table role="grid" className="pue-table" aria-label={label} aria-rowcount={count + 1} onKeyDown={onKeyDown}>
        <TableHead headers={table.getFlatHeaders()} />
        <tbody role="rowgroup" className="pue-table-body" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const found = rowAt(item.index);
            return (
              <TableRow
                key={item.key}
                index={item.index}
                start={item.start}
                row={found === undefined ? undefined : byId.get(idOf(found))}
                isActive={item.index === active}
                isOpen={found !== undefined && openId === idOf(found)}
                onFocus={() => setActive(item.index)}
                onOpen={onOpen && found !== undefined ? () => onOpen(found) : undefined}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
