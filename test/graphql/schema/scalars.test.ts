import { GraphQLError, type GraphQLScalarType, parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCALARS } from '../../../src/graphql/schema/scalars.ts';

const scalar = (name: string): GraphQLScalarType => {
  const found = SCALARS[name];
  if (!found) throw new Error(`no scalar ${name}`);
  return found;
};

const ISO = '2026-01-02T00:00:00.000Z';
const DATE = { __type: 'Date', iso: ISO };
const BYTES = { __type: 'Bytes', base64: 'aGk=' };
const FILE = { __type: 'File', name: 'a.txt' };

describe('a value of a variable', () => {
  it.each([
    ['Any', 5, 5],
    ['Any', ['a', { b: null }], ['a', { b: null }]],
    ['Object', { a: 1 }, { a: 1 }],
    ['Object', [1], [1]],
    ['Date', ISO, DATE],
    ['Date', '2026-01-02', DATE],
    ['Date', '2026-01-02T01:00:00+01:00', DATE],
    ['Date', DATE, DATE],
    ['Bytes', 'aGk=', BYTES],
    ['Bytes', BYTES, BYTES],
    ['File', 'a.txt', FILE],
    ['File', { ...FILE, url: 'http://x/a.txt' }, { ...FILE, url: 'http://x/a.txt' }],
  ])('%s takes %j', (name, given, taken) => {
    expect(scalar(name).parseValue(given)).toEqual(taken);
  });

  it.each([
    ['Object', 5, '5 is not a valid Object'],
    ['Object', 'x', 'x is not a valid Object'],
    ['Date', 'xx', 'xx is not a valid Date'],
    ['Date', 5, '5 is not a valid Date'],
    ['Date', { iso: ISO }, '[object Object] is not a valid Date'],
    ['Date', { __type: 'Date', iso: 'xx' }, 'xx is not a valid Date'],
    ['Date', { __type: 'Date', iso: 5 }, '5 is not a valid Date'],
    ['Date', { __type: 'Date', iso: '' }, '[object Object] is not a valid Date'],
    ['Bytes', 5, '5 is not a valid Bytes'],
    ['Bytes', { __type: 'Bytes', base64: 5 }, '[object Object] is not a valid Bytes'],
    ['File', 5, '5 is not a valid File'],
    ['File', { __type: 'File' }, '[object Object] is not a valid File'],
    ['File', { __type: 'File', name: 5 }, '[object Object] is not a valid File'],
    ['File', { ...FILE, url: 5 }, '[object Object] is not a valid File'],
    ['Upload', {}, 'Upload value invalid.'],
    ['Upload', 'x', 'Upload value invalid.'],
  ])('%s refuses %j', (name, given, message) => {
    expect(() => scalar(name).parseValue(given)).toThrow(message);
  });

  it('Upload takes a file that came with the request', () => {
    const file = { filename: 'a.txt', mimetype: 'text/plain', bytes: new Uint8Array([1]) };
    expect(scalar('Upload').parseValue(file)).toBe(file);
  });
});

describe('a literal', () => {
  it.each([
    ['Any', '[1, 1.5, "a", true, E, null, { b: { c: -2 } }]', [1, 1.5, 'a', true, 'E', null, { b: { c: -2 } }]],
    ['Object', '{ a: { b: [1] } }', { a: { b: [1] } }],
    ['Date', '"2026-01-02"', DATE],
    ['Date', '{ __type: "Date", iso: "2026-01-02" }', DATE],
    ['Bytes', '"aGk="', BYTES],
    ['Bytes', '{ __type: "Bytes", base64: "aGk=" }', BYTES],
    ['File', '"a.txt"', FILE],
    ['File', '{ __type: "File", name: "a.txt" }', FILE],
  ])('%s takes %s', (name, text, taken) => {
    expect(scalar(name).parseLiteral(parseValue(text))).toEqual(taken);
  });

  it.each([
    ['Object', '5', 'IntValue is not a valid Object'],
    ['Object', '[{ a: 1 }]', 'ListValue is not a valid Object'],
    ['Date', '5', 'IntValue is not a valid Date'],
    ['Date', '{ iso: "2026-01-02" }', 'ObjectValue is not a valid Date'],
    ['Date', '{ __type: "Date", iso: 5 }', 'IntValue is not a valid Date'],
    ['Date', '"xx"', 'xx is not a valid Date'],
    ['Bytes', 'true', 'BooleanValue is not a valid Bytes'],
    ['Bytes', '{ base64: "aGk=" }', 'ObjectValue is not a valid Bytes'],
    ['File', '5', 'IntValue is not a valid File'],
    ['File', '{ name: "a.txt" }', 'ObjectValue is not a valid File'],
    ['File', '{ __type: "X", name: "a.txt" }', '[object Object] is not a valid File'],
    ['Upload', '"x"', 'Upload literal unsupported.'],
  ])('%s refuses %s', (name, text, message) => {
    expect(() => scalar(name).parseLiteral(parseValue(text))).toThrow(message);
  });

  it('a variable inside of it is lost, as in Parse Server', () => {
    expect(scalar('Object').parseLiteral(parseValue('{ theme: $theme }'), { theme: 'dark' })).toEqual({ theme: null });
  });
});

describe('an answer', () => {
  it.each([
    ['Date', DATE, ISO],
    ['Date', new Date(ISO), ISO],
    ['Date', 'as it stands', 'as it stands'],
    ['Bytes', BYTES, 'aGk='],
    ['File', FILE, 'a.txt'],
    ['Object', { a: [1] }, { a: [1] }],
    ['Any', null, null],
  ])('%s shows %j', (name, value, shown) => {
    expect(scalar(name).serialize(value)).toEqual(shown);
  });

  it('refuses what is of another type', () => {
    expect(() => scalar('Bytes').serialize(5)).toThrow('5 is not a valid Bytes');
    expect(() => scalar('Object').serialize('x')).toThrow('x is not a valid Object');
    expect(() => scalar('Upload').serialize('x')).toThrow(GraphQLError);
  });
});
