import { isObject, type Json, type JsonObject } from '../../../parse/record.ts';
import { createNumbers, maskDay, maskHex, maskHost, maskText } from './masks.ts';

/** Puts other values in the place of what may tell who somebody is. The same value becomes the same other one, everywhere and each time. */
export interface Anonymize {
  row(className: string, row: JsonObject): JsonObject;
  value(className: string, field: string, value: Json): Json;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const ADDRESS = /^([a-z][a-z+.-]*:\/\/)([^/?#\s]+)(.*)$/is;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:$|T)/;
const HEXADECIMAL = /^(?:r:)?[0-9a-f]{8}[0-9a-f-]*$/i;

/** What rights, references and time depend on. */
const STRUCTURE = new Set(['objectId', 'createdAt', 'updatedAt', 'ACL', 'className', '__type']);

/** What is not text about anybody, by the type that it tells. */
const PLAIN_TYPES = new Set(['Pointer', 'Relation', 'Date', 'Object']);

const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

/** How texts are replaced; those in which somebody has to be found again are never the same for two. */
const createTexts = (secret: string) => {
  const numbersOf = createNumbers(secret);
  const mask = (text: string, salt: string): string => {
    const next = numbersOf(`${salt}${text}`);
    const [, scheme = '', host = '', rest = ''] = ADDRESS.exec(text) ?? [];
    if (scheme) return `${scheme}${maskHost(host, next)}${maskText(rest, next)}`;
    if (EMAIL.test(text)) {
      const at = text.lastIndexOf('@');
      return `${maskText(text.slice(0, at), next)}@${maskHost(text.slice(at + 1), next)}`;
    }
    if (isDay(text)) return maskDay(text, next);
    return HEXADECIMAL.test(text) ? maskHex(text, next) : maskText(text, next);
  };
  const taken = new Map<string, string>();
  return {
    mask: (text: string) => mask(text, ''),
    unique(text: string): string {
      for (let tries = 0; ; tries++) {
        const other = tries < 20 ? mask(text, tries === 0 ? '' : `${tries}\n`) : `${mask(text, '')}${tries}`;
        const whose = taken.get(other) ?? text;
        if (whose !== text) continue;
        taken.set(other, text);
        return other;
      }
    },
  };
};

/** A place within about fifty kilometres. */
const maskPlace = (value: JsonObject, secret: string): JsonObject => {
  const next = createNumbers(secret)(JSON.stringify(value));
  const shift = (degrees: Json | undefined, most: number): number => {
    const moved = Number(degrees) + (next() / 65536 - 0.5) * 0.9;
    return Number(Math.max(-most, Math.min(most, moved)).toFixed(4));
  };
  return { ...value, latitude: shift(value['latitude'], 90), longitude: shift(value['longitude'], 180) };
};

/** What a file is shows in the end of its name. */
const maskFile = (file: JsonObject, text: (given: string) => string): JsonObject => {
  const [, stem = '', extension = ''] = /^(.*?)(\.\w+)?$/s.exec(String(file['name'])) ?? [];
  const name = `${text(stem)}${extension}`;
  return {
    ...file,
    name,
    ...(typeof file['url'] === 'string' && { url: `https://files.test/${encodeURIComponent(name)}` }),
  };
};

const isUnique = (className: string, field: string): boolean =>
  className === '_User' && (field === 'username' || field === 'email');

/**
 * Replaces names, addresses, tokens and free text. What stays: ids, dates, rights, names of roles, numbers and flags, and the fields that
 * `keep` names (`status`, or `Todo.status`). `secret` makes that nobody can try out who somebody was.
 */
export const createAnonymize = (secret: string, keep: readonly string[]): Anonymize => {
  const kept = new Set(keep);
  const { mask, unique } = createTexts(secret);
  const replace = (value: Json, text: (given: string) => string): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map((one: Json) => replace(one, text));
    if (!isObject(value)) return value;
    const type = value['__type'];
    if (type === 'GeoPoint') return maskPlace(value, secret);
    if (type === 'Bytes')
      return { ...value, base64: maskText(String(value['base64']), createNumbers(secret)(String(value['base64']))) };
    if (type === 'File') return maskFile(value, text);
    if (typeof type === 'string' && PLAIN_TYPES.has(type)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, STRUCTURE.has(name) ? inner : replace(inner, text)]),
    );
  };
  const value = (className: string, field: string, given: Json): Json => {
    const isKept = kept.has(field) || kept.has(`${className}.${field}`) || (className === '_Role' && field === 'name');
    if (isKept || STRUCTURE.has(field)) return given;
    return replace(given, isUnique(className, field) ? unique : mask);
  };
  return {
    value,
    row: (className, row) =>
      Object.fromEntries(Object.entries(row).map(([field, given]) => [field, value(className, field, given)])),
  };
};
