import { DEFAULT_VERSION, type ParseVersion } from '../../parse/versions/versions.ts';

/** A version as numbers, of which the first two count. */
const numbersOf = (version: string): readonly [number, number] => {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
};

const isUpTo = ([major, minor]: readonly [number, number], [most, mostMinor]: readonly [number, number]): boolean =>
  major < most || (major === most && minor <= mostMinor);

/** The version that the emulator can be, of those that it knows (the oldest first), which is nearest to a server's. */
export const profileOf = (version: string, known: readonly ParseVersion[]): ParseVersion => {
  const wanted = numbersOf(version);
  const released = known.filter((one) => /^\d+\.\d+$/.test(one));
  const found = released.findLast((one) => isUpTo(numbersOf(one), wanted)) ?? released[0];
  return found ?? DEFAULT_VERSION;
};
