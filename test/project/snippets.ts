import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A block of code in a page. */
export type Snippet = {
  /** `docs/errors.md` */
  readonly page: string;
  /** The line of its first line. */
  readonly line: number;
  /** What stands behind the fence: `ts`, `sh`, … */
  readonly language: string;
  readonly text: string;
  /** What `<!-- snippet: … -->` above it says. */
  readonly note: string | undefined;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The blocks of code in the text of a page. */
export const snippetsIn = (page: string, text: string): Snippet[] =>
  [...text.matchAll(/(?:^<!-- snippet: (.+) -->\n)?^```([a-z]*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [whole, note, language = '', code = ''] = match;
    const before = text.slice(0, match.index + whole.lastIndexOf(code, whole.length - 4));
    return { page, line: before.split('\n').length, language, text: code, note };
  });

/** The pages whose code is run: those that a person follows. `docs/api` is written by a tool. */
export const readPages = (): readonly string[] => [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${ROOT}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The blocks of code of a page of this repository. */
export const readSnippets = (page: string): readonly Snippet[] =>
  snippetsIn(page, readFileSync(`${ROOT}${page}`, 'utf8'));

/** Why a block is not run; undefined for one that is. */
export const reasonNotToRun = ({ note }: Snippet): string | undefined => /^not run: (.+)$/.exec(note ?? '')?.[1];

/** The set-up that a block takes what it does not say from: `with NAME`. */
const setUpOf = ({ note }: Snippet): string | undefined => /^with ([a-z]+)/.exec(note ?? '')?.[1];

const exportsOf = (setUp: string): string[] => {
  const text = readFileSync(`${ROOT}test/project/set-ups/${setUp}.ts`, 'utf8');
  return [...text.matchAll(/^export (?:const |\{ )(\w+)/gm)].map(([, name = '']) => name);
};

const declares = (text: string, name: string): boolean => new RegExp(`\\b(const|let|function) ${name}\\b`).test(text);

/** A block as a module of its own: what its set-up exports, and the block does not declare itself, is imported. */
export const toModule = (snippet: Snippet, importFrom: (setUp: string) => string): string => {
  const setUp = setUpOf(snippet);
  const names = setUp === undefined ? [] : exportsOf(setUp).filter((name) => !declares(snippet.text, name));
  const from = JSON.stringify(setUp === undefined ? '' : importFrom(setUp));
  // by itself as well: an import of which no name is used is taken for one of types
  const head = setUp === undefined ? '' : `import ${from}; import { ${names.join(', ')} } from ${from}; `;
  return `${head}${snippet.text}\nexport {};\n`;
};

/** What `console.log(…); // …` of a block says that it prints, in the order of its lines. */
export const printedBy = ({ text }: Snippet): string[] =>
  [...text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, printed = '']) => printed);
