import { createSkip } from './ignored.ts';

const REDACTED = '***';

/** Names whose values are nobody's business, be they headers, fields, variables or parameters. */
const SECRET_NAME =
  /pass|token|secret|auth(?!ors?$)|cookie|credential|recovery|(?:master|maintenance|script|client|api|windows|net)[-_]?key$|^(?:code|otp|old)$/i;

/** A session token is one wherever it stands. */
const SESSION_TOKEN = /r(?::|%3a)[0-9a-f]{32}/gi;

/** So is what an address calls a token: the page of a link may be named as where a request came from. Or a password. */
const LINK_TOKEN = /([?&][\w.-]*(?:token|password)=)[^&#\s"'<>]+/gi;

const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Redacts session tokens, and those of links, in any text. */
const redactTokens = (text: string): string =>
  text.replace(SESSION_TOKEN, REDACTED).replace(LINK_TOKEN, `$1${REDACTED}`);

/** Redacts the values of secret names in JSON. `more` are names that are secret here only. */
export const redactJson = (value: unknown, more: ReadonlySet<string> = new Set()): unknown => {
  if (typeof value === 'string') return /^\/\S*\?/.test(value) ? redactForm(value) : redactTokens(value);
  if (Array.isArray(value)) return value.map((entry) => redactJson(entry, more));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [
    redactTokens(name),
    isSecretName(name) || more.has(name) ? REDACTED : redactJson(entry, more),
  ]);
  return Object.fromEntries(entries);
};

const MOST_SHORT = 3;

/** The texts that stand under secret names in JSON; those of a letter or two could be anywhere by chance. */
export const secretsOf = (value: unknown, more: ReadonlySet<string>, isSecret = false): string[] => {
  if (typeof value === 'string') return isSecret && value.length >= MOST_SHORT ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) =>
    secretsOf(entry, more, isSecret || (!Array.isArray(value) && (isSecretName(name) || more.has(name)))),
  );
};

/** What errors of GraphQL are called, and the numbers of Parse's: no code that was sent to somebody. */
const isErrorCode = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^[A-Z]+(?:_[A-Z]+)+$/.test(value));

/** Redacts an answer, in which errors tell their codes, and may repeat what was sent. */
export const redactAnswer = (answer: unknown, secrets: ReadonlySet<string>): unknown => {
  if (typeof answer === 'string')
    return redactTokens([...secrets].reduce((text, secret) => text.replaceAll(secret, REDACTED), answer));
  if (Array.isArray(answer)) return answer.map((entry) => redactAnswer(entry, secrets));
  if (typeof answer !== 'object' || answer === null) return answer;
  const entries = Object.entries(answer).map(([name, entry]) => {
    if (name === 'code' && isErrorCode(entry)) return [name, entry];
    return [redactTokens(name), isSecretName(name) ? REDACTED : redactAnswer(entry, secrets)];
  });
  return Object.fromEntries(entries);
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Redacts the values of secret names in a query string or a form. A value that is JSON or GraphQL has its own names. */
export const redactForm = (form: string): string => {
  const query = new URLSearchParams(form.slice(form.indexOf('?') + 1)).get('query') ?? '';
  const { variables } = redactDocument(query);
  return redactTokens(
    form.replace(/(?<![^&=?])([^&=?]+)=([^&]*)/g, (_whole, name: string, value: string) => {
      if (isSecretName(decode(name))) return `${name}=${REDACTED}`;
      const text = decode(value.replaceAll('+', ' '));
      return `${name}=${encodeURIComponent(redactDocument(redactText(text, variables)).text)}`;
    }),
  );
};

const redactText = (text: string, variables: ReadonlySet<string>): string => {
  try {
    return JSON.stringify(redactJson(JSON.parse(text), variables));
  } catch {
    return text;
  }
};

const STRING = String.raw`"""[^]*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?`;
const NAME = /(?<!\$)\b\w+/g;
const VALUE = new RegExp(String.raw`${STRING}|\$\w+|[{[]|[\w.+-]+`, 'y');
const DEFAULT = new RegExp(String.raw`(\$(\w+)\s*:[\s\w![\]]+=\s*)(${STRING}|[\w.+-]+)`, 'g');
const BRACKET = new RegExp(`${STRING}|[{}[\\]]`, 'g');

/** The values that stand behind secret names, and where. */
const secretFields = function* (document: string): Generator<{ readonly start: number; readonly value: string }> {
  const skip = createSkip(document);
  for (const { 0: name, index } of document.matchAll(NAME)) {
    if (!isSecretName(name)) continue;
    const colon = skip(index + name.length);
    VALUE.lastIndex = skip(colon + 1);
    const start = VALUE.lastIndex;
    const [value] = (document[colon] === ':' && VALUE.exec(document)) || [];
    if (value !== undefined) yield { start, value };
  }
};

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

const WORD = /"((?:\\.|[^"\\])+)"?|[\w.+-]+/g; // the closing quote may be missing, and is then not looked for again and again

/** The texts in a part of a document. */
const wordsIn = (part: string): string[] =>
  [...part.matchAll(WORD)].map(([whole, quoted]) => quoted ?? whole).filter((word) => word.length >= MOST_SHORT);

/** A GraphQL document without its secrets, what they were, and the variables that stand for some. */
export type RedactedDocument = {
  readonly text: string;
  readonly secrets: readonly string[];
  readonly variables: ReadonlySet<string>;
};

/** Redacts the values of secret names in a GraphQL document, which need not be a right one. */
export const redactDocument = (document: string): RedactedDocument => {
  const variables = new Set<string>();
  const secrets: string[] = [];
  let redacted = '';
  let done = 0;
  for (const { start, value } of secretFields(document)) {
    if (start < done) continue;
    const end = value === '{' || value === '[' ? groupEnd(document, start) : start + value.length;
    const part = document.slice(start, end);
    for (const [, variable = ''] of part.matchAll(/\$(\w+)/g)) variables.add(variable);
    secrets.push(...wordsIn(part.replace(/\$\w+/g, '')));
    redacted += `${document.slice(done, start)}${REDACTED}`;
    done = end;
  }
  const text = `${redacted}${document.slice(done)}`.replace(DEFAULT, (whole, before: string, name: string) =>
    variables.has(name) || isSecretName(name) ? `${before}${REDACTED}` : whole,
  );
  return { text: redactTokens(text), secrets, variables };
};
