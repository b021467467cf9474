import { parse } from 'csv-parse/sync';
import { isObject, type Json, type JsonObject } from '../../../parse/record.ts';
import { UserError } from '../../../parse/user-error.ts';
import { messageOf } from '../../json/file-error.ts';

/** Columns that are text, however much they look like something else. */
const TEXTS: ReadonlySet<string> = new Set([
  'objectId',
  'username',
  'password',
  'email',
  'name',
  'phone',
  'sessionToken',
]);

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;

const readJson = (cell: string): Json | undefined => {
  if (!/^[[{]/.test(cell)) return undefined;
  try {
    return JSON.parse(cell) as Json;
  } catch {
    return undefined;
  }
};

/** How a column may be read: a kind counts when each cell of it is of that kind. */
const KINDS: readonly ((cell: string) => Json | undefined)[] = [
  (cell) => (cell === 'true' ? true : cell === 'false' ? false : undefined),
  (cell) => (String(Number(cell)) === cell && Number.isFinite(Number(cell)) ? Number(cell) : undefined),
  (cell) => (ISO.test(cell) ? { __type: 'Date', iso: new Date(cell).toISOString() } : undefined),
  readJson,
];

const kindOf = (name: string, cells: readonly string[]): ((cell: string) => Json | undefined) => {
  const kind = TEXTS.has(name) ? undefined : KINDS.find((read) => cells.every((cell) => read(cell) !== undefined));
  return kind ?? ((cell) => cell);
};

const readTable = (path: string, text: string): { readonly [column: string]: string }[] => {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true }) as { readonly [column: string]: string }[];
  } catch (error) {
    throw new UserError(`Failed to read ${path}: ${messageOf(error)}`, { cause: error });
  }
};

/**
 * The rows of a CSV file whose first line names the fields. A column whose cells are all numbers, truth values, dates or JSON is read as
 * such, and as text otherwise; an empty cell is not a value. Throws a message with the line of a mistake.
 */
export const readCsv = (path: string, text: string): JsonObject[] => {
  const rows = readTable(path, text);
  const columns = Object.keys(rows[0] ?? {});
  const kinds = new Map(
    columns.map((name) => [
      name,
      kindOf(
        name,
        rows.map((row) => row[name] ?? '').filter((cell) => cell !== ''),
      ),
    ]),
  );
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, cell]): [string, Json][] => {
        const value = cell === '' ? undefined : kinds.get(name)?.(cell);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
};

/** Whether a value is a row, and not fixtures: of MongoDB's, or of an export of one class. */
export const isRow = (value: unknown): value is JsonObject =>
  isObject(value) && (value['_id'] !== undefined || typeof value['objectId'] === 'string');
