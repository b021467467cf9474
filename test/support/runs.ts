/** Multiplies the runs of properties: `RUNS=10 npx vitest run test/parse` looks longer. */
const FACTOR = Number(process.env['RUNS'] ?? 1);

/** How often a property is tried: as often as finds what is usually broken, unless somebody asks for more. */
export const runs = (count: number): { readonly numRuns: number } => ({ numRuns: count * FACTOR });
