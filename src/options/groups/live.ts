/** Live queries, off as in Parse Server. */
export const LIVE = {
  /** The classes of which clients may hear changes, as patterns of whole names: `{ classNames: ['Todo', '_User'] }`. */
  liveQuery: {
    group: 'classes',
    kind: 'liveQuery',
    text: 'The classes that live queries may hear of: {"classNames": ["Todo"]}',
  },
  /** The LiveQuery server: `keyPairs` are the keys of which a client must have one. */
  liveQueryServerOptions: {
    group: 'classes',
    kind: 'liveQueryServer',
    text: 'Keys of which a live query client must have one: {"keyPairs": {"javascriptKey": "…"}}',
  },
} as const;
