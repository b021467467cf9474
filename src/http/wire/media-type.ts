/** A media type as a header names it, in lower case. */
export type MediaType = { readonly essence: string; readonly charset: string | undefined };

const MEDIA_TYPE = /^\s*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)\s*(?:;|$)/;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i;

/** Reads a content type; undefined when it cannot be read. */
export const toMediaType = (header: string): MediaType | undefined => {
  const essence = MEDIA_TYPE.exec(header)?.[1];
  return essence === undefined
    ? undefined
    : { essence: essence.toLowerCase(), charset: CHARSET.exec(header)?.[1]?.toLowerCase() };
};

type Parameters = ReadonlyMap<string, string>;
type Range = {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: Parameters;
  readonly quality: number;
  readonly place: number;
};

const RANGE = /^\s*([^\s/;]+)\/([^;\s]+)\s*(?:;(.*))?$/s;

/** Splits where `mark` stands outside of quotes. */
const split = (text: string, mark: ',' | ';'): string[] =>
  text.match(mark === ',' ? /(?:"[^"]*"?|[^,"])+/g : /(?:"[^"]*"?|[^;"])+/g) ?? [];

const parametersIn = (text: string): Parameters =>
  new Map(
    split(text, ';').map((parameter) => {
      const [name = '', value = ''] = parameter.split(/=(.*)/s).map((part) => part.trim());
      return [name.toLowerCase(), value.replace(/^"(.*)"$/s, '$1').toLowerCase()];
    }),
  );

const toRange = (text: string, place: number): Range | undefined => {
  const [, type, subtype, rest] = RANGE.exec(text) ?? [];
  if (type === undefined || subtype === undefined) return undefined;
  const all = parametersIn(rest ?? '');
  const quality = Number.parseFloat(all.get('q') ?? '1');
  const parameters = new Map([...all].filter(([name]) => name !== 'q' && name !== ''));
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters, quality, place };
};

/** How closely a range names an offer, from 0; undefined when it does not mean it. */
const closeness = (range: Range, offer: Range): number | undefined => {
  if (range.type !== offer.type && range.type !== '*') return undefined;
  if (range.subtype !== offer.subtype && range.subtype !== '*') return undefined;
  const fits = [...range.parameters].every(
    ([name, value]) => value === '*' || value === (offer.parameters.get(name) ?? ''),
  );
  if (!fits) return undefined;
  return (
    (range.type === offer.type ? 4 : 0) +
    (range.subtype === offer.subtype ? 2 : 0) +
    (range.parameters.size > 0 ? 1 : 0)
  );
};

type Choice = { readonly offer: string; readonly quality: number; readonly close: number; readonly place: number };

const choiceOf = (offer: string, ranges: readonly Range[]): Choice | undefined => {
  const asRange = toRange(offer, 0);
  if (!asRange) return undefined;
  const choices = ranges.flatMap((range): Choice[] => {
    const close = closeness(range, asRange);
    return close === undefined ? [] : [{ offer, quality: range.quality, close, place: range.place }];
  });
  return choices.sort((a, b) => b.close - a.close || b.quality - a.quality || b.place - a.place)[0];
};

/** The offer that an `accept` header likes best; undefined when it takes none. RFC 9110, 12.5.1. */
export const preferredType = (accept: string, offers: readonly string[]): string | undefined => {
  const ranges = split(accept, ',').flatMap((text, place) => toRange(text, place) ?? []);
  return offers
    .flatMap((offer) => choiceOf(offer, ranges) ?? [])
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || b.close - a.close || a.place - b.place)[0]?.offer;
};
