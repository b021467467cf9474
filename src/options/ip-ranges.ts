/** Addresses of the internet protocol that one member of a list means. */
export type IpRange = {
  /** Whether it means IPv4; a range means addresses of its own version only. */
  readonly isV4: boolean;
  /** The address as a number. */
  readonly bits: bigint;
  /** How many bits at the start must agree. */
  readonly length: number;
};

const toV4 = (text: string): bigint | undefined => {
  const parts = text.split('.');
  const isV4 = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isV4 ? parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n) : undefined;
};

const toGroups = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** The last 32 bits may be written as IPv4: `::ffff:127.0.0.1` is `::ffff:7f00:1`. */
const withoutV4 = (text: string): string | undefined => {
  if (!text.includes('.')) return text;
  const at = text.lastIndexOf(':') + 1;
  const tail = at === 0 ? undefined : toV4(text.slice(at));
  return tail === undefined
    ? undefined
    : `${text.slice(0, at)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
};

const toV6 = (text: string): bigint | undefined => {
  const [head = '', rest, ...more] = withoutV4(text)?.split('::') ?? [];
  const [left, right] = [toGroups(head), toGroups(rest ?? '')];
  const missing = 8 - left.length - right.length;
  if (more.length > 0 || (rest === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((bits, group) => bits * 65536n + BigInt(`0x${group}`), 0n);
};

const MAPPED = 0xffffn << 32n;

/** An address; one of IPv4 that comes in the clothes of IPv6 (`::ffff:127.0.0.1`) is one of IPv4. */
const toAddress = (text: string): Omit<IpRange, 'length'> | undefined => {
  const v4 = toV4(text);
  if (v4 !== undefined) return { isV4: true, bits: v4 };
  const bits = toV6(text);
  if (bits === undefined) return undefined;
  return bits >> 32n === MAPPED >> 32n ? { isV4: true, bits: bits & 0xffffffffn } : { isV4: false, bits };
};

/** These stand for all addresses of their version, with or without a mask. */
const ALL = new Set(['0.0.0.0', '::', '::0']);

/** Reads an address, or a range in CIDR notation (`10.0.1.0/24`); undefined for text that is neither. */
export const toIpRange = (text: string): IpRange | undefined => {
  const [ip = '', mask, ...more] = text.split('/');
  const address = toAddress(ip);
  const most = address?.isV4 ? 32 : 128;
  if (!address || more.length > 0 || (mask !== undefined && !/^\d{1,3}$/.test(mask))) return undefined;
  const length = mask === undefined ? (ALL.has(ip) ? 0 : most) : Number(mask);
  return length <= most ? { ...address, length } : undefined;
};

/** Whether an address is in one of the ranges; text that is not an address is in none. */
export const isInRanges = (ip: string, ranges: readonly string[]): boolean => {
  const address = toAddress(ip);
  return (
    address !== undefined &&
    ranges.some((text) => {
      const range = toIpRange(text);
      if (range?.isV4 !== address.isV4) return false;
      const rest = BigInt((address.isV4 ? 32 : 128) - range.length);
      return address.bits >> rest === range.bits >> rest;
    })
  );
};
