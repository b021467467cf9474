import type { Auth, Notice } from '../../operations/context.ts';

/** Who a request turned out to be from, and what it was not shown. */
export type Notes = { auth?: Auth; readonly hidden: Notice[] };
