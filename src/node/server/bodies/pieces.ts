/** How large the blocks are that small pieces are gathered in, in bytes. */
const BLOCK = 64 * 1024;

/** Pieces as large as this are kept as they came. */
const LARGE = BLOCK / 2;

/**
 * The bytes of a body as they arrive. Small pieces are copied together: each of them would otherwise hold the whole block that the
 * platform has read it into, and a thousand of one byte would weigh as much as a large body.
 */
export class Pieces {
  readonly #whole: Uint8Array[] = [];
  #block: Uint8Array | undefined;
  #used = 0;
  /** How many bytes there are. */
  size = 0;

  /** How many bytes of memory they take. */
  get held(): number {
    return this.#whole.reduce((sum, { length }) => sum + length, this.#block ? BLOCK : 0);
  }

  add(piece: Uint8Array): void {
    this.size += piece.length;
    if (piece.length >= LARGE || (this.size === piece.length && piece.length > 0)) {
      this.#close();
      this.#whole.push(piece); // the first, too: most bodies come in one
      return;
    }
    for (let rest = piece; rest.length > 0; ) {
      this.#block ??= new Uint8Array(BLOCK);
      const taken = rest.subarray(0, BLOCK - this.#used);
      this.#block.set(taken, this.#used);
      this.#used += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#used === BLOCK) this.#close();
    }
  }

  /** All of them as one. */
  join(): Uint8Array {
    this.#close();
    const [only, second] = this.#whole;
    return only && !second ? only : Buffer.concat(this.#whole);
  }

  /** Lets go of all. */
  clear(): void {
    this.#whole.length = 0;
    this.#block = undefined;
    this.#used = 0;
    this.size = 0;
  }

  #close(): void {
    if (this.#block && this.#used > 0) this.#whole.push(this.#block.subarray(0, this.#used));
    this.#block = undefined;
    this.#used = 0;
  }
}
