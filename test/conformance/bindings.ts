import type { Json } from '../../src/index.ts';

/**
 * Stands for what differs from run to run: `{{token:1}}`, `{{id:1}}`, `{{date:1}}`, `{{secret:1}}`, `{{gid:_User:1}}` (the
 * Relay id of `{{id:1}}`), `{{origin}}` and `{{origin-encoded}}`.
 */
const PLACEHOLDER = /\{\{(?<kind>[a-z-]+)(?::(?<className>[A-Za-z_]\w*))?(?::(?<number>\d+))?\}\}/g;

/** What the text of each kind looks like. */
const SHAPES: { readonly [kind: string]: string } = {
  token: 'r:[0-9a-f]{32}',
  id: '[A-Za-z0-9]{10}',
  date: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z',
  secret: '[A-Za-z0-9]{20,}',
  gid: '[A-Za-z0-9+/]+={0,2}',
  client: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
};

/** Two of one of these kinds never share a value; two dates may. */
const DISTINCT = ['token', 'id', 'secret', 'client'];

type Placeholder = { readonly kind: string; readonly className: string; readonly number: string };

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const toBase64 = (text: string): string => Buffer.from(text).toString('base64');

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString();

const keyOf = ({ kind, number }: Placeholder): string => `${kind}:${number}`;

/** A text, cut at its placeholders: texts stand at even places, placeholders at odd ones. */
const parseTemplate = (template: string): readonly (string | Placeholder)[] => {
  const parts: (string | Placeholder)[] = [];
  let end = 0;
  for (const { 0: whole, index, groups } of template.matchAll(PLACEHOLDER)) {
    const { kind = '', className = '', number = '' } = groups ?? {};
    parts.push(template.slice(end, index), { kind, className, number });
    end = index + whole.length;
  }
  return [...parts, template.slice(end)];
};

/** The values that placeholders stand for in one run: the first answer binds one, from then on it is that value. */
export class Bindings {
  readonly #origin: string;
  readonly #values = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** A recorded text with every bound placeholder replaced by its value. */
  fillText(template: string): string {
    const toText = (placeholder: Placeholder): string => {
      const value = this.#valueOf(placeholder);
      if (value === undefined) throw new Error(`Failed to fill in ${keyOf(placeholder)}: no answer has shown it yet.`);
      return value;
    };
    return parseTemplate(template)
      .map((part) => (typeof part === 'string' ? part : toText(part)))
      .join('');
  }

  /** The same for all texts and keys in a JSON value. */
  fill(value: Json): Json {
    if (typeof value === 'string') return this.fillText(value);
    if (Array.isArray(value)) return value.map((entry) => this.fill(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [this.fillText(key), this.fill(entry)]));
  }

  /** Whether `actual` is what the recorded text stands for; binds the placeholders that are seen for the first time. */
  matches(template: string, actual: string): boolean {
    const parts = parseTemplate(template);
    const open = parts.filter((part) => typeof part !== 'string').filter((part) => this.#valueOf(part) === undefined);
    const toPattern = (part: string | Placeholder): string => {
      if (typeof part === 'string') return escapeRegExp(part);
      const value = this.#valueOf(part);
      return value === undefined ? `(${SHAPES[part.kind]})` : escapeRegExp(value);
    };
    const found = new RegExp(`^${parts.map(toPattern).join('')}$`).exec(actual);
    return found !== null && open.every((placeholder, at) => this.#bind(placeholder, found[at + 1] ?? ''));
  }

  #valueOf({ kind, className, number }: Placeholder): string | undefined {
    if (kind === 'origin') return this.#origin;
    if (kind === 'origin-encoded') return encodeURIComponent(this.#origin);
    if (!(kind in SHAPES)) throw new Error(`Failed to read {{${kind}}}: no such placeholder.`);
    if (kind !== 'gid') return this.#values.get(`${kind}:${number}`);
    const objectId = this.#values.get(`id:${number}`);
    return objectId && toBase64(`${className}:${objectId}`);
  }

  #bind(placeholder: Placeholder, value: string): boolean {
    if (placeholder.kind === 'gid') {
      const [className, objectId = ''] = fromBase64(value).split(':');
      const isId = new RegExp(`^${SHAPES['id']}$`).test(objectId);
      return isId && className === placeholder.className && this.#bind({ ...placeholder, kind: 'id' }, objectId);
    }
    const key = keyOf(placeholder);
    const bound = this.#values.get(key);
    if (bound !== undefined) return bound === value; // twice in one text
    if (DISTINCT.includes(placeholder.kind) && [...this.#values.values()].includes(value)) return false;
    this.#values.set(key, value);
    return true;
  }
}
