/** Versions of what the package runs on and with. */
export type Cell = { readonly node: string; readonly graphql: string; readonly msw: string; readonly vitest: string };

/** The lowest and the highest versions that the package promises to work with. */
export const ENDS: readonly Cell[] = [
  { node: '20.19.0', graphql: '16.11.0', msw: '2.7.0', vitest: '3.0.1' },
  { node: '^24', graphql: '^17', msw: '^3', vitest: '^5' },
];

/** What lies between; `npm run matrix` runs it too. MSW 3 and Vitest 5 ask for Node 22. */
export const BETWEEN: readonly Cell[] = [
  { node: '^20', graphql: '^16', msw: '^2', vitest: '^4' },
  { node: '^20', graphql: '^17', msw: '2.14', vitest: '^3' },
  { node: '22.12.0', graphql: '^16', msw: '^2', vitest: '^5' },
  { node: '^22', graphql: '^16', msw: '^3', vitest: '^4' },
  { node: '^24', graphql: '^16', msw: '^2', vitest: '^4' },
  { node: '^26', graphql: '^17', msw: '^3', vitest: '^5' },
];
