const UNITS: { readonly [unit: string]: number } = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** The number of bytes that `20mb`, `100kb` or `512` stand for; undefined for any other text. */
export const toBytes = (size: string): number | undefined => {
  const [, digits, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([kmg]?b)?$/i.exec(size.trim()) ?? [];
  return digits === undefined ? undefined : Math.floor(Number(digits) * (UNITS[unit.toLowerCase()] ?? 1));
};
