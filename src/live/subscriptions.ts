import type { JsonObject } from '../parse/record.ts';
import type { LiveQuery } from './frames.ts';

/** One request of one client to hear of changes. */
export type Subscription<Client> = {
  readonly client: Client;
  readonly requestId: number;
  readonly query: LiveQuery;
  readonly sessionToken: string | undefined;
};

/** Subscriptions with one and the same query, which is matched once for all of them. */
export type Group<Client> = { readonly where: JsonObject; readonly members: Set<Subscription<Client>> };

/** Open subscriptions, by class and query. */
export interface Subscriptions<Client> {
  add(subscription: Subscription<Client>): void;
  delete(subscription: Subscription<Client>): void;
  /** Those of a class; empty when nobody listens. */
  of(className: string): readonly Group<Client>[];
  /** How many classes somebody listens to. */
  readonly size: number;
}

/** Keeps subscriptions. A class or a query without any leaves nothing behind. */
export const createSubscriptions = <Client>(): Subscriptions<Client> => {
  const classes = new Map<string, Map<string, Group<Client>>>();
  const keyOf = ({ query }: Subscription<Client>): string => JSON.stringify(query.where);
  return {
    add(subscription) {
      const { className, where } = subscription.query;
      const groups = classes.get(className) ?? new Map<string, Group<Client>>();
      classes.set(className, groups);
      const key = keyOf(subscription);
      const group = groups.get(key) ?? { where, members: new Set() };
      groups.set(key, group);
      group.members.add(subscription);
    },
    delete(subscription) {
      const { className } = subscription.query;
      const groups = classes.get(className);
      const group = groups?.get(keyOf(subscription));
      group?.members.delete(subscription);
      if (group?.members.size === 0) groups?.delete(keyOf(subscription));
      if (groups?.size === 0) classes.delete(className);
    },
    of: (className) => [...(classes.get(className)?.values() ?? [])],
    get size() {
      return classes.size;
    },
  };
};
