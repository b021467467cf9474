import { createReadStream } from 'node:fs';

/** Where the rows of a class end in the text of a data file, in bytes: behind the brace of each. */
export type ClassEnds = { readonly key: string; readonly ends: readonly number[] };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENERS: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSERS: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** How deep a class stands in the text, and how deep a list of rows. */
const [CLASSES, ROWS] = [1, 2];

/** Finds the ends of rows in a text of JSON that is known to hold a snapshot, whatever its layout. */
class RowEnds {
  readonly classes: { key: string; ends: number[] }[] = [];
  #at = 0;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #key: number[] = [];

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#at += 1;
      if (this.#isInText) this.#takeInText(byte);
      else if (byte === QUOTE) this.#isInText = true;
      else if (OPENERS.has(byte)) this.#depth += 1;
      else if (CLOSERS.has(byte)) this.#close();
    }
  }

  #takeInText(byte: number): void {
    const isEnd = byte === QUOTE && !this.#isEscaped;
    this.#isEscaped = byte === BACKSLASH && !this.#isEscaped;
    this.#isInText = !isEnd;
    if (this.#depth !== CLASSES) return;
    if (!isEnd) this.#key.push(byte);
    else {
      this.classes.push({ key: JSON.parse(`"${Buffer.from(this.#key).toString('utf8')}"`), ends: [] });
      this.#key = [];
    }
  }

  #close(): void {
    this.#depth -= 1;
    if (this.#depth === ROWS) this.classes.at(-1)?.ends.push(this.#at);
  }
}

/** Where the rows of the data file at the path end, class by class as they stand there. */
export const rowEndsOf = async (path: string): Promise<readonly ClassEnds[]> => {
  const found = new RowEnds();
  for await (const piece of createReadStream(path)) found.add(piece);
  return found.classes;
};
