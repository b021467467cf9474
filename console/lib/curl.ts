/** Text as a shell takes it, whatever is in it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A request as a command of curl. */
export const toCurl = (
  url: string,
  {
    method,
    headers,
    body,
  }: {
    readonly method: string;
    readonly headers: { readonly [name: string]: string };
    readonly body?: string | undefined;
  },
): string =>
  [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`-d ${quote(body)}`] : []),
  ].join(' \\\n  ');
