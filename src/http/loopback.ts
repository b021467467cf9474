const NAMES = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[0:0:0:0:0:0:0:1\])(?::\d+)?$/i;

/** Whether a host, with or without a port, is this very machine by its name alone. */
export const isLoopbackHost = (host: string): boolean => NAMES.test(host);

/** Whether an origin (`http://localhost:3000`) is a page of this very machine. A page from a file has none: `null`. */
export const isLoopbackOrigin = (origin: string): boolean => {
  const [, host] = /^https?:\/\/([^/]+)$/i.exec(origin) ?? [];
  return host !== undefined && isLoopbackHost(host);
};
