/** A place in a text, counted from 1 as editors do. */
export type Place = { readonly line: number; readonly column: number };

/** The way to a value: names of fields, and positions in lists from 0. */
export type JsonPath = readonly (string | number)[];

const SPACE = /[ \t\r\n]*/y;
const CHARACTERS = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

/** Ends a walk: at the value that was looked for, or where the text stops being JSON. */
class Stop extends Error {
  readonly offset: number;

  constructor(offset: number, wanted: string) {
    super(wanted);
    this.offset = offset;
  }
}

/** Is told of a name that an object has had before: where it stands, and where it stood. */
type OnTwin = (name: string, at: number, before: number) => void;

/**
 * Walks a JSON text value by value, since JSON.parse says where a mistake is in some versions of Node only, and where a
 * value stands in none.
 */
const walk = (text: string, target?: JsonPath, onTwin?: OnTwin): void => {
  let at = 0;
  const stop = (wanted: string): never => {
    throw new Stop(at, wanted);
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  // Run by run, and never twice over the same: one expression for all of it tries every way to cut a text that has no end.
  const takeString = (): string | undefined => {
    const start = at;
    if (text[at] !== '"') return undefined;
    at += 1;
    do take(CHARACTERS);
    while (take(ESCAPE) !== undefined);
    if (text[at] !== '"') {
      at = start;
      return undefined;
    }
    at += 1;
    return text.slice(start, at);
  };
  const takeSign = (sign: string): boolean => {
    take(SPACE);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const members = (closer: string, member: (index: number) => void): void => {
    if (takeSign(closer)) return;
    for (let index = 0; ; index += 1) {
      member(index);
      if (takeSign(closer)) return;
      if (!takeSign(',')) stop(`a comma or "${closer}"`);
    }
  };
  const value = (path: JsonPath): void => {
    take(SPACE);
    if (path.length === target?.length && path.every((step, depth) => step === target[depth])) stop('');
    if (takeSign('{')) {
      const names = new Map<string, number>();
      members('}', () => {
        take(SPACE);
        const start = at;
        const name: string = JSON.parse(takeString() ?? stop('a name in double quotes'));
        if (names.has(name)) onTwin?.(name, start, names.get(name) ?? 0);
        names.set(name, start);
        if (!takeSign(':')) stop('a colon');
        value([...path, name]);
      });
    } else if (takeSign('[')) members(']', (index) => value([...path, index]));
    else if (takeString() === undefined && take(SCALAR) === undefined) stop('a value');
  };
  value([]);
  take(SPACE);
  if (at < text.length) stop('the end');
};

const stopOf = (text: string, target?: JsonPath): Stop | undefined => {
  try {
    walk(text, target);
  } catch (error) {
    if (error instanceof Stop) return error;
  }
  return undefined; // also when the nesting is deeper than the stack
};

const toPlace = (text: string, offset: number): Place => {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

const showAt = (text: string, offset: number): string => {
  const found = /^(?:"[^"\n]{0,20}"?|[\w.+-]{1,20}|.)/su.exec(text.slice(offset, offset + 50))?.[0];
  return found === undefined ? 'the text ends' : `there is ${found.startsWith('"') ? found : JSON.stringify(found)}`;
};

/** Where a text stops being JSON, and why; undefined when it is JSON. */
export const findMistake = (text: string): (Place & { readonly reason: string }) | undefined => {
  const stop = stopOf(text);
  return (
    stop && { ...toPlace(text, stop.offset), reason: `${showAt(text, stop.offset)} where ${stop.message} belongs` }
  );
};

/** Where the value at `path` stands in a JSON text; undefined when there is none. */
export const placeOf = (text: string, path: JsonPath): Place | undefined => {
  const stop = stopOf(text, path);
  return stop && toPlace(text, stop.offset);
};

/** The first name that an object of a JSON text has twice: JSON.parse would keep the last value of it, and lose the others. */
export const findTwin = (text: string): (Place & { readonly reason: string }) | undefined => {
  let twin: (Place & { readonly reason: string }) | undefined;
  try {
    walk(text, undefined, (name, at, before) => {
      const place = toPlace(text, at);
      const { line } = toPlace(text, before);
      const first = line === place.line ? 'before it' : `in line ${line}`;
      twin = { ...place, reason: `the object has ${JSON.stringify(name)} already, ${first}` };
      throw new Stop(at, 'another name');
    });
  } catch (error) {
    if (!(error instanceof Stop) && !(error instanceof RangeError)) throw error; // nested deeper than the stack
  }
  return twin;
};
