import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { JsonObject } from '../../parse/record.ts';
import { mayHaveTwins } from '../json/twins.ts';
import type { Fingerprint } from './atomic-write.ts';

/** How much is read at a time. A row is seldom longer than a piece; it may be. */
const PIECE = 256 * 1024;

const CLASS = /([{,])\n {2}("(?:[^"\\\n]|\\.)*"): \[(\])?/y;
const END = /\n}\n?/y;
const LAST_ROW = '\n  ]';
const NEXT_ROW = '\n    },\n    {';

/** The text is laid out in another way, or is not JSON. */
class OtherLayout extends Error {}

/**
 * Reads the text of a data file as it is written here, `JSON.stringify(snapshot, null, 2)`, piece by piece: neither all of its
 * bytes nor all of its text is in memory at once. The pieces are cut between rows, by their indentation; where that is wrong, a
 * piece is not JSON by itself, so that nothing is ever read in another way than JSON.parse would.
 */
class LayoutReader {
  readonly #classes = new Map<string, JsonObject[]>();
  #text = '';
  #rows: JsonObject[] | undefined;
  #isOver = false;

  /** Takes the next piece of the text. Throws `OtherLayout`. */
  add(text: string): void {
    this.#text += text;
    while (this.#rows ? this.#takeRows(this.#rows) : this.#takeClass());
  }

  /** What the text holds, once all of it was added. */
  end(): { readonly [className: string]: readonly JsonObject[] } {
    if (!this.#isOver || this.#text !== '') throw new OtherLayout();
    return Object.fromEntries(this.#classes);
  }

  /** Returns whether something may follow in the text that is there. */
  #takeClass(): boolean {
    if (this.#isOver) return false;
    CLASS.lastIndex = 0;
    const [all = '', opener, key = '""', isEmpty] = CLASS.exec(this.#text) ?? [];
    if (all === '') return this.#takeEnd();
    const className: string = this.#parse(key);
    if ((opener === '{') !== (this.#classes.size === 0) || this.#classes.has(className)) throw new OtherLayout();
    const rows: JsonObject[] = [];
    this.#classes.set(className, rows);
    if (!isEmpty) this.#rows = rows;
    this.#text = this.#text.slice(all.length);
    return true;
  }

  #takeEnd(): false {
    END.lastIndex = 0;
    const [end] = this.#classes.size > 0 ? (END.exec(this.#text) ?? []) : [];
    if (end !== undefined && end.length === this.#text.length) {
      this.#isOver = end.endsWith('}\n');
      if (this.#isOver) this.#text = '';
    } else if (this.#text.length > 1000) throw new OtherLayout();
    return false;
  }

  #takeRows(rows: JsonObject[]): boolean {
    const end = this.#text.indexOf(LAST_ROW);
    const cut = end === -1 ? this.#text.lastIndexOf(NEXT_ROW) + NEXT_ROW.indexOf(',') : end;
    if (end === -1 && cut < NEXT_ROW.length) return false;
    const text = `[${this.#text.slice(0, cut)}]`;
    const piece: JsonObject[] = this.#parse(text);
    if (mayHaveTwins(text, piece)) throw new OtherLayout();
    for (const row of piece) rows.push(row);
    this.#text = this.#text.slice(end === -1 ? cut + 1 : cut + LAST_ROW.length);
    if (end !== -1) this.#rows = undefined;
    return end !== -1;
  }

  #parse<Value>(text: string): Value {
    try {
      return JSON.parse(text);
    } catch {
      throw new OtherLayout();
    }
  }
}

const readAll = async (handle: FileHandle): Promise<{ readonly value: unknown; readonly fingerprint: Fingerprint }> => {
  const hash = createHash('sha256');
  const decoder = new StringDecoder('utf8');
  const reader = new LayoutReader();
  const bytes = Buffer.allocUnsafe(PIECE);
  for (;;) {
    const { bytesRead } = await handle.read(bytes, 0, PIECE);
    if (bytesRead === 0) break;
    const piece = bytes.subarray(0, bytesRead);
    hash.update(piece);
    reader.add(decoder.write(piece));
  }
  reader.add(decoder.end());
  return { value: reader.end(), fingerprint: hash.digest('hex') };
};

/** The value in a data file and its fingerprint; undefined when there is none that is laid out as it is written here. */
export const readOwnLayout = async (
  path: string,
): Promise<{ readonly value: unknown; readonly fingerprint: Fingerprint } | undefined> => {
  const handle = await open(path, 'r').catch(() => undefined);
  try {
    return handle && (await readAll(handle));
  } catch (error) {
    if (error instanceof OtherLayout || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  } finally {
    await handle?.close();
  }
};
