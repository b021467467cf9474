const STRUCK = '***';

/** Names whose values are nobody's business, be they headers, fields, variables or parameters. */
const SECRET_NAME =
  /pass|token|secret|auth(?!ors?$)|cookie|credential|recovery|(?:master|script|client|api|windows|net)[-_]?key$|^(?:code|otp|old)$/i;

/** A session token is one wherever it stands. */
const SESSION_TOKEN = /r(?::|%3a)[0-9a-f]{32}/gi;

/** So is what an address calls a token: the page of a link may be named as where a request came from. */
const LINK_TOKEN = /([?&][\w.-]*token=)[^&#\s"'<>]+/gi;

const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Strikes session tokens, and those of links, out of any text. */
const strikeTokens = (text: string): string => text.replace(SESSION_TOKEN, STRUCK).replace(LINK_TOKEN, `$1${STRUCK}`);

/** Strikes the values of secret names out of JSON. `more` are names that are secret here only. */
export const strikeJson = (value: unknown, more: ReadonlySet<string> = new Set()): unknown => {
  if (typeof value === 'string') return strikeTokens(value);
  if (Array.isArray(value)) return value.map((entry) => strikeJson(entry, more));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [
    strikeTokens(name),
    isSecretName(name) || more.has(name) ? STRUCK : strikeJson(entry, more),
  ]);
  return Object.fromEntries(entries);
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Strikes the values of secret names out of a query string or a form. A value that is JSON or GraphQL has its own names. */
export const strikeForm = (form: string): string =>
  strikeTokens(
    form.replace(/([^&=?]+)=([^&]*)/g, (_whole, name: string, value: string) => {
      if (isSecretName(decode(name))) return `${name}=${STRUCK}`;
      const text = decode(value.replaceAll('+', ' '));
      return `${name}=${encodeURIComponent(strikeDocument(strikeText(text)).text)}`;
    }),
  );

const strikeText = (text: string): string => {
  try {
    return JSON.stringify(strikeJson(JSON.parse(text)));
  } catch {
    return text;
  }
};

const STRING = String.raw`"""[^]*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?`;
const FIELD = new RegExp(String.raw`(?<!\$)\b(\w+)\s*:\s*(${STRING}|\$\w+|[{[]|[\w.+-]+)`, 'g');
const DEFAULT = new RegExp(String.raw`(\$(\w+)\s*:[\s\w![\]]+=\s*)(${STRING}|[\w.+-]+)`, 'g');
const BRACKET = new RegExp(`${STRING}|[{}[\\]]`, 'g');

/** Where the object or list ends that begins at `start`. */
const groupEnd = (text: string, start: number): number => {
  let depth = 0;
  const brackets = new RegExp(BRACKET);
  brackets.lastIndex = start;
  for (let match = brackets.exec(text); match; match = brackets.exec(text)) {
    if ('{['.includes(match[0])) depth += 1;
    if ('}]'.includes(match[0])) depth -= 1;
    if (depth === 0) return brackets.lastIndex;
  }
  return text.length;
};

/** A GraphQL document without its secrets, and the variables that stand for some. */
export type StruckDocument = { readonly text: string; readonly variables: ReadonlySet<string> };

/** Strikes the values of secret names out of a GraphQL document, which need not be a right one. */
export const strikeDocument = (document: string): StruckDocument => {
  const variables = new Set<string>();
  let struck = '';
  let done = 0;
  for (const { 0: whole, 1: name = '', 2: value = '', index } of document.matchAll(FIELD)) {
    if (index < done || !isSecretName(name)) continue;
    const start = index + whole.length - value.length;
    const end = value === '{' || value === '[' ? groupEnd(document, start) : start + value.length;
    for (const [, variable = ''] of document.slice(start, end).matchAll(/\$(\w+)/g)) variables.add(variable);
    struck += `${document.slice(done, start)}${STRUCK}`;
    done = end;
  }
  const text = `${struck}${document.slice(done)}`.replace(DEFAULT, (whole, before: string, name: string) =>
    variables.has(name) || isSecretName(name) ? `${before}${STRUCK}` : whole,
  );
  return { text: strikeTokens(text), variables };
};
