import { describe, expect, it } from 'vitest';
import { momentIn } from '../../../src/parse/where/relative-time.ts';
import { compileWhere } from '../../../src/parse/where/where.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe('$relativeTime', () => {
  it.each([
    ['now', 0],
    ['NOW', 0],
    ['in 1 second', 1000],
    ['in 2 secs', 2000],
    ['3 mins ago', -3 * MINUTE],
    ['in 1 hr 1 minute', HOUR + MINUTE],
    ['2 weeks 3 days ago', -17 * DAY],
    ['in 1 d', DAY],
    ['in  2   days', 2 * DAY],
    ['1 year ago', -365 * DAY],
    ['in 2 yrs 1 wk 5 hours', 737 * DAY + 5 * HOUR],
    ['in -3 days', -3 * DAY],
    ['in 1e1 seconds', 10_000],
    ['in', 0],
    ['ago', 0],
  ])('%s is %d milliseconds from now', (text, expected) => {
    expect(momentIn(text, NOW)).toBe(NOW + expected);
  });

  it.each([
    ['', "Time should either start with 'in' or end with 'ago'"],
    [' now', "Time should either start with 'in' or end with 'ago'"],
    ['3 days', "Time should either start with 'in' or end with 'ago'"],
    ['in 3 days ago', "Time cannot have both 'in' and 'ago'"],
    ['in 3', 'Invalid time string. Dangling unit or number.'],
    ['in 3 days 2', 'Invalid time string. Dangling unit or number.'],
    ['in three days', "'three' is not an integer."],
    ['in 1.5 days', "'1.5' is not an integer."],
    ['in 3 moons', "Invalid interval: 'moons'"],
    ['in 3 days 2 moons', "Invalid interval: 'moons'"],
  ])('%s is refused: %s', (text, problem) => {
    expect(momentIn(text, NOW)).toEqual({ problem });
  });

  const schema = { className: 'Event', fields: { at: { type: 'Date' }, name: { type: 'String' } } } as const;
  const event = {
    objectId: 'a',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    at: { __type: 'Date', iso: '2026-01-03T00:00:00.000Z' },
    inside: { at: { __type: 'Date', iso: '2026-01-03T00:00:00.000Z' } },
  };
  const relative = (text: string): { $relativeTime: string } => ({ $relativeTime: text });

  it.each([
    [{ at: { $gt: relative('now') } }, true],
    [{ at: { $lt: relative('in 1 day'), $gte: relative('in 20 hours') } }, true],
    [{ at: { $lte: relative('in 20 hours') } }, false],
    [{ createdAt: { $lt: relative('1 day ago') } }, true],
    [{ 'inside.at': { $gt: relative('in 20 hours') } }, true],
    [{ unknown: { $gt: relative('now') } }, false],
    [{ $or: [{ at: { $lt: relative('now') } }, { at: { $gt: relative('now') } }] }, true],
  ])('%j is %s of an event of tomorrow', (where, expected) => {
    expect(compileWhere(where, schema, NOW)(event)).toBe(expected);
  });

  it.each([
    [{ at: { $eq: relative('now') } }, '$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators'],
    [{ at: { $ne: relative('now') } }, '$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators'],
    [
      { at: { $exists: relative('now') } },
      '$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators',
    ],
    [{ name: { $gt: relative('now') } }, '$relativeTime can only be used with Date field'],
    [
      { at: { $gt: relative('soon') } },
      "bad $relativeTime (soon) value. Time should either start with 'in' or end with 'ago'",
    ],
  ])('%j is refused with 107 %s', (where, message) => {
    expect(() => compileWhere(where, schema, NOW)).toThrow(expect.objectContaining({ code: 107, message }));
  });
});
