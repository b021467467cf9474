import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSnapshotFile } from '../../../src/node/data-file/snapshot-file.ts';
import { parseJson } from '../../../src/node/json/text.ts';
import { newFolder } from '../../support/folder.ts';

describe('a name that an object has twice', () => {
  it.each([
    ['{\n  "a": 1,\n  "a": 2\n}', 'line 3, column 3: the object has "a" already, in line 2'],
    [
      '{"_User":[],"Todo":[{"title":"x","ti\\u0074le":"y"}]}',
      'line 1, column 34: the object has "title" already, before it',
    ],
    ['[{}, {"": 1, "b": {"": 2}, "": 3}]', 'line 1, column 28: the object has "" already, before it'],
    ['{"__proto__": 1, "__proto__": 2}', 'line 1, column 18: the object has "__proto__" already, before it'],
  ])('is named with its place: %s', (text, place) => {
    expect(() => parseJson('a.json', text)).toThrow(`Failed to read a.json: ${place}`);
  });

  it.each(['{"a":{"a":"\\"a\\"" },"b":[{"a":1},{"a":2}]}', '{"a":"\\u0022","b":"a\\"a"}', '"a\\"a"', '[]'])(
    'is not seen where there is none: %s',
    (text) => {
      expect(parseJson('a.json', text)).toEqual(JSON.parse(text));
    },
  );

  it('is seen wherever a member is written for a second time, and nothing is seen else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.jsonValue(), (value, name, other) => {
        const [before, key, text] = [JSON.stringify(value), JSON.stringify(name), JSON.stringify(other)];
        expect(parseJson('a.json', before)).toEqual(JSON.parse(before));
        expect(() => parseJson('a.json', `[${before}, {${key}: ${text}, ${key}: ${before}}]`)).toThrow(
          'already, before it',
        );
      }),
    );
  });

  it.each([
    [
      'as it is written here',
      '{\n  "_User": [\n    {\n      "objectId": "ann",\n      "username": "ann",\n      "username": "bob"\n    }\n  ]\n}\n',
      'line 6, column 7',
    ],
    ['in another layout', '{"_User":[{"objectId":"ann","username":"ann","username":"bob"}]}', 'line 1, column 46'],
    ['as a class', '{\n  "Todo": [],\n  "Todo": []\n}\n', 'line 3, column 3'],
  ])('is refused in a data file %s', async (_layout, text, place) => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, text);
    await expect(readSnapshotFile(path)).rejects.toThrow(`Failed to read ${path}: ${place}: the object has "`);
  });
});
