import type { JsonObject, ParseRecord } from './record.ts';
export const compileOrder = (order: readonly string[], _where: JsonObject) => (order.length === 0 ? undefined : (records: ParseRecord[]): ParseRecord[] =>
  [...records].sort((a, b) => { for (const n of order) { const k = n.replace(/^-/, ''); const x = a[k] as never, y = b[k] as never; if (x < y) return n === k ? -1 : 1; if (x > y) return n === k ? 1 : -1; } return 0; }));
