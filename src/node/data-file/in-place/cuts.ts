import type { JsonObject } from '../../../parse/record.ts';
import type { Snapshot } from '../../../store/persistence.ts';
import { idOf } from '../../../store/rows.ts';
import type { ClassEnds } from './row-ends.ts';

/** A row of a snapshot by the name of its class there. */
type Row = { readonly key: string; readonly row: JsonObject };

/** A piece of a data file's text: up to the end of a row, or the end of all. */
export type Piece = { readonly text: string; readonly row: Row | undefined };

/**
 * A place where the new text may be cut, and where the old one, such that the beginning of the new one and the rest of the old
 * one are together a snapshot: each row that lacks in it, or is not as it will be, is one that the journal holds.
 */
export type Cut = { readonly at: number; readonly from: number };

/** The text of `JSON.stringify(snapshot, null, 2)`, row by row. */
export function* toPieces(snapshot: Snapshot): Generator<Piece, void, void> {
  let before = '{';
  for (const [key, rows] of Object.entries(snapshot)) {
    before += `\n  ${JSON.stringify(key)}: [`;
    for (const [index, row] of rows.entries()) {
      const text = JSON.stringify([[row]], null, 2).slice('[\n  ['.length, -'\n  ]\n]'.length);
      yield { text: `${before}${index === 0 ? '' : ','}${text}`, row: { key, row } };
      before = '';
    }
    before += rows.length > 0 ? '\n  ],' : '],';
  }
  yield { text: before === '{' ? '{}\n' : `${before.slice(0, -1)}\n}\n`, row: undefined };
}

type OldRow = { readonly key: string; readonly name: string; readonly end: number };

const nameOf = ({ key, row }: Row): string => JSON.stringify([key, idOf(key, row)]);

/** The rows of the old text with their ends; undefined when one has no name, or when two classes have the same one. */
const toOldRows = (old: Snapshot, classes: readonly ClassEnds[]): readonly OldRow[] | undefined => {
  const found = classes.flatMap(({ key, ends }) =>
    (old[key] ?? []).map((row, index) => ({
      key,
      id: idOf(key, row),
      name: nameOf({ key, row }),
      end: ends[index] ?? -1,
    })),
  );
  const isWhole =
    new Set(classes.map(({ key }) => key)).size === classes.length &&
    classes.every(({ key, ends }) => old[key]?.length === ends.length);
  return isWhole && found.every(({ id }) => id !== '') ? found : undefined;
};

/**
 * Where the text of a snapshot may be cut while it takes the place of an old one of that length. The last cut is behind all.
 * Undefined when rows of the old one cannot be told apart.
 */
export const toCuts = (
  old: Snapshot,
  classes: readonly ClassEnds[],
  length: number,
  snapshot: Snapshot,
): readonly Cut[] | undefined => {
  const oldRows = toOldRows(old, classes);
  if (!oldRows) return undefined;
  const oldNames = new Set(oldRows.map(({ name }) => name));
  const kept = new Set(Object.entries(snapshot).flatMap(([key, rows]) => rows.map((row) => nameOf({ key, row }))));
  /** Rows of the new text that stand later in the old one: a cut would have them twice. */
  const ahead = new Set<string>();
  const cuts: Cut[] = [];
  let passed = 0;
  let last: OldRow | undefined;
  let at = 0;
  for (const { text, row } of toPieces(snapshot)) {
    at += Buffer.byteLength(text);
    if (!row) continue;
    const name = nameOf(row);
    for (let old = oldRows[passed]; old && (!kept.has(old.name) || ahead.delete(old.name)); old = oldRows[passed])
      passed += 1;
    if (oldRows[passed]?.name === name) {
      last = oldRows[passed];
      passed += 1;
    } else if (oldNames.has(name)) ahead.add(name);
    if (ahead.size === 0 && last?.key === row.key) cuts.push({ at, from: last.end });
  }
  return [...cuts, { at, from: length }];
};
