import { refusedByDatabase } from '../where-errors.ts';
import type { PatternCursor } from './nodes.ts';

// Text between \Q and \E stands for itself: each of its characters is escaped, so that the parser need not know.
const quote = (source: string): string =>
  source.replace(/\\Q(.*?)(?:\\E|$)|\\E|\\./gs, (escaped: string, literal: string | undefined) => {
    if (literal !== undefined) return literal.replace(/[^\p{L}\p{N}_]/gu, '\\$&');
    return escaped === '\\E' ? '' : escaped;
  });

/** A reader at the start of a pattern. */
export const createReader = (source: string): PatternCursor => ({
  source: quote(source),
  at: 0,
  depth: 0,
  groups: 0,
  names: new Map(),
});

/** Whether the whole pattern is read. */
export const isAtEnd = (reader: PatternCursor): boolean => reader.at >= reader.source.length;

/** Takes text when it comes next. */
export const take = (reader: PatternCursor, text: string): boolean => {
  if (!reader.source.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
};

/** Takes what a sticky expression finds next. */
export const takeMatch = (reader: PatternCursor, sticky: RegExp): RegExpExecArray | undefined => {
  sticky.lastIndex = reader.at;
  const match = sticky.exec(reader.source) ?? undefined;
  if (match) reader.at += match[0].length;
  return match;
};

/** Takes the next code point. Throws where there is none. */
export const takeCode = (reader: PatternCursor): number => {
  const code = reader.source.codePointAt(reader.at);
  if (code === undefined) throw refusedByDatabase();
  reader.at += code > 0xffff ? 2 : 1;
  return code;
};
