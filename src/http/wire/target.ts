/** Where a request goes. `host` is there when its URL was absolute. */
export type Target = { readonly host: string; readonly path: string; readonly search: string };

const cut = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
};

/** Takes a URL apart, be it absolute or a path. The path stays percent-encoded; `search` begins with its `?`. */
export const toTarget = (url: string): Target => {
  const [whole] = cut(url, '#');
  const [place, search] = cut(whole, '?');
  if (place.startsWith('/')) return { host: '', path: place, search };
  const [host, path] = cut(place.slice(place.indexOf('//') + 2), '/');
  return { host, path: path || '/', search };
};

/** What follows `mount` in `path`, `/` for the mount path itself; undefined when the path is another. Any letter case fits. */
export const below = (mount: string, path: string): string | undefined => {
  const next = path.charCodeAt(mount.length);
  if (!Number.isNaN(next) && next !== 47) return undefined;
  if (!path.startsWith(mount) && path.slice(0, mount.length).toLowerCase() !== mount.toLowerCase()) return undefined;
  return path.slice(mount.length) || '/';
};

/** A part of a path without its percent signs; as it stands, where they encode nothing. */
export const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
