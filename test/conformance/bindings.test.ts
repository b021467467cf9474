import { describe, expect, it } from 'vitest';
import { Bindings } from './bindings.ts';

const ORIGIN = 'http://localhost:1337';
const TOKEN = 'r:0123456789abcdef0123456789abcdef';
const OTHER_TOKEN = 'r:fedcba9876543210fedcba9876543210';
const GLOBAL_ID = Buffer.from('_User:abcDEF1234').toString('base64');

describe('a placeholder', () => {
  it.each([
    ['{{token:1}}', TOKEN],
    ['{{id:1}}', 'abcDEF1234'],
    ['{{date:1}}', '2030-01-02T03:04:05.678Z'],
    ['{{secret:1}}', 'abcdefghijklmnopqrstu'],
    ['{{gid:_User:1}}', GLOBAL_ID],
    ['{{origin}}/parse', `${ORIGIN}/parse`],
    ['to={{origin-encoded}}', 'to=http%3A%2F%2Flocalhost%3A1337'],
    ['{{id:1}} and {{id:1}} again', 'abcDEF1234 and abcDEF1234 again'],
    ['a (plain) text.', 'a (plain) text.'],
  ])('%s stands for %s', (template, actual) => {
    expect(new Bindings(ORIGIN).matches(template, actual)).toBe(true);
  });

  it.each([
    ['{{token:1}}', TOKEN.slice(0, -1)],
    ['{{token:1}}', `${TOKEN}\n`],
    ['{{id:1}}', 'abcDEF123'],
    ['{{date:1}}', '2030-01-02'],
    ['{{secret:1}}', 'short'],
    ['{{gid:_Role:1}}', GLOBAL_ID],
    ['{{gid:_User:1}}', Buffer.from('_User:x').toString('base64')],
    ['{{origin}}/parse', 'http://elsewhere:1337/parse'],
    ['{{id:1}} and {{id:1}}', 'abcDEF1234 and abcDEF1235'],
    ['{{id:1}} and {{id:2}}', 'abcDEF1234 and abcDEF1234'],
    ['a (plain) text.', 'a (plain) text!'],
  ])('%s does not stand for %j', (template, actual) => {
    expect(new Bindings(ORIGIN).matches(template, actual)).toBe(false);
  });

  it('is the value of the first answer from then on', () => {
    const bindings = new Bindings(ORIGIN);
    expect(bindings.matches('{{token:1}}', TOKEN)).toBe(true);
    expect(bindings.matches('{{token:1}}', OTHER_TOKEN)).toBe(false);
    expect(bindings.matches('{{token:2}}', TOKEN)).toBe(false);
    expect(bindings.matches('{{token:2}}', OTHER_TOKEN)).toBe(true);
  });

  it('may share a value with another when it is a date', () => {
    expect(new Bindings(ORIGIN).matches('{{date:1}}{{date:2}}', '2030-01-02T03:04:05.678Z'.repeat(2))).toBe(true);
  });

  it('of a global id is known once the object id is, and the other way round', () => {
    const bindings = new Bindings(ORIGIN);
    expect(bindings.matches('{{gid:_User:1}}', GLOBAL_ID)).toBe(true);
    expect(bindings.matches('{{id:1}}', 'abcDEF1235')).toBe(false);
    expect(bindings.fillText('{{id:1}}')).toBe('abcDEF1234');
  });
});

describe('filling in a request', () => {
  it('replaces placeholders in texts and keys, however deep', () => {
    const bindings = new Bindings(ORIGIN);
    bindings.matches('{{id:1}}', 'abcDEF1234');
    const request = { ACL: { '{{id:1}}': { read: true } }, ids: ['{{gid:_User:1}}', 1, null], at: '{{origin}}/x' };
    expect(bindings.fill(request)).toEqual({
      ACL: { abcDEF1234: { read: true } },
      ids: [GLOBAL_ID, 1, null],
      at: 'http://localhost:1337/x',
    });
  });

  it('refuses a placeholder that no answer has shown', () => {
    expect(() => new Bindings(ORIGIN).fillText('{{token:7}}')).toThrow('token:7');
    expect(() => new Bindings(ORIGIN).fillText('{{colour:7}}')).toThrow('no such placeholder');
  });
});
