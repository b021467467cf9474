import type { RowData } from '@tanstack/react-table';
import type { CSSProperties } from 'react';
import { classNames } from '../../lib/class-names.ts';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Whether the column may be left out where there is little room. */
    readonly isExtra?: boolean;
    /** Whether it holds code, such as ids. */
    readonly isCode?: boolean;
    /** Only there to use the parameters that the interface has by its nature. */
    readonly of?: (row: TData) => TValue;
  }
}

type Column = { readonly size?: number; readonly meta?: { readonly isExtra?: boolean; readonly isCode?: boolean } };

/** The class names of the cells of a column. */
export const cellClass = ({ meta }: Column): string =>
  classNames('pue-cell', meta?.isExtra && 'pue-cell-extra', meta?.isCode && 'pue-code');

/** How wide the cells of a column are: in proportion to its size. */
export const cellStyle = ({ size = 120 }: Column): CSSProperties => ({ flex: `${size} 1 ${size}px` });
