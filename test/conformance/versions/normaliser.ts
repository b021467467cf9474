import type { Json, JsonObject } from '../../../src/index.ts';

/** An answer without what differs from run to run. */
export type Answer = JsonObject;

const HEADERS = [
  'location',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'allow',
  'x-powered-by',
];

const LONGEST_PAGE = 300;
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString();

/** Replaces what differs from run to run: ids of known people by their names, other ids, dates, tokens, names made by chance. */
export class Normaliser {
  readonly #origin: string;
  readonly #known = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** From now on this id stands as `<name>`. */
  know(objectId: string, name: string): void {
    if (objectId) this.#known.set(objectId, `<${name}>`);
  }

  answer(response: Response, body: Json): Answer {
    const named = HEADERS.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, this.#valueOf(name, value)]];
    });
    const page =
      typeof body === 'string' ? this.text(body.replace(/\s+/g, ' ')).slice(0, LONGEST_PAGE) : this.json(body);
    const type = response.headers.get('content-type');
    return { status: response.status, type, ...Object.fromEntries(named), body: page };
  }

  /** A JSON value without what differs from run to run. */
  json(value: Json, key = ''): Json {
    if (Array.isArray(value)) return value.map((entry) => this.json(entry));
    if (typeof value === 'string') return this.#valueOf(key, value);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, entry]): [string, Json] => {
      if (name === 'stacktrace') return [name, 'STACK'];
      return [this.#known.get(name) ?? this.#idOfPermission(name, entry), this.json(entry, name)];
    });
    return Object.fromEntries(entries);
  }

  text(text: string): string {
    let known = text.replaceAll(this.#origin, 'ORIGIN').replaceAll(encodeURIComponent(this.#origin), 'ORIGIN');
    for (const [objectId, name] of this.#known) known = known.replaceAll(objectId, name);
    return known
      .replace(/r:[0-9a-f]{32}/g, 'r:TOKEN')
      .replace(/token=[A-Za-z0-9]{20,}/g, 'token=TOKEN')
      .replace(/[0-9a-f]{32}_/g, 'HASH_')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'DATE');
  }

  #idOfPermission(name: string, value: Json): string {
    const isPermission =
      typeof value === 'object' &&
      value !== null &&
      Object.keys(value).every((key) => key === 'read' || key === 'write');
    return isPermission && /^[A-Za-z0-9]{10}$/.test(name) ? '<OID>' : name;
  }

  #valueOf(key: string, value: string): string {
    const known = this.#known.get(value);
    if (known) return known;
    if (key === 'id' || key === 'userId') return this.#relay(value);
    if (key === 'objectId') return '<OID>';
    if (/^[A-Za-z0-9]{25}$/.test(value)) return '<RANDOM NAME>';
    const text = this.text(value);
    return key === 'location' ? text.replace(/(\/parse\/(?:classes\/\w+|users)\/)[A-Za-z0-9]{10}$/, '$1<OID>') : text;
  }

  #relay(value: string): string {
    const [className, objectId = ''] = fromBase64(value).split(':');
    if (!/^[A-Za-z0-9]{10}$/.test(objectId)) return value;
    return `relay(${className}:${this.#known.get(objectId) ?? '<OID>'})`;
  }
}
