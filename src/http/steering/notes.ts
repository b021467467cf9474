import type { Auth, Notice } from '../../operations/context.ts';
import type { Reason } from '../../parse/reason.ts';

/** Who a request turned out to be from, why it was refused, and what it was not shown. */
export type Notes = { auth?: Auth; reason?: Reason | undefined; readonly hidden: Notice[] };
