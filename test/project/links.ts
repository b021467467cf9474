import { posix } from 'node:path';

/** A link of a page to a file beside it, or to a heading; `line` is where it stands. */
export type Link = { readonly line: number; readonly target: string };

/** The page with empty lines in place of blocks of code: what looks like a link or a heading there is none. */
const withoutBlocks = (page: string): string =>
  page.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, (block) => block.replace(/.+/g, ''));

/** What a page links to by a relative address: `[text](file.md#heading)`, `[text]: file.md`, and the addresses in HTML. */
export const linksOf = (page: string): Link[] =>
  withoutBlocks(page)
    .split('\n')
    .flatMap((text, index) =>
      [
        ...text
          .replace(/(`+).*?\1/g, '')
          .matchAll(/\]\(<?([^)\s>]+)|^ {0,3}\[[^\]]+\]:\s+(\S+)|\s(?:src|href)="([^"]+)"/g),
      ]
        .map(([, inline, reference, html]) => ({ line: index + 1, target: inline ?? reference ?? html ?? '' }))
        .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target)),
    );

/** The names by which a page's headings can be linked to, as hosts of Markdown make them. */
export const anchorsOf = (page: string): Set<string> => {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(page).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\\(?=\W|_)/g, '');
    const name = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${name}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
};

/**
 * The links of pages that lead nowhere, as `README.md:12 docs/no.md`. `pages` holds the text of each by its path, `has` says which
 * other files and folders there are.
 */
export const deadLinks = (
  pages: { readonly [path: string]: string },
  has: (path: string) => boolean,
): readonly string[] =>
  Object.entries(pages).flatMap(([path, page]) =>
    linksOf(page)
      .filter(({ target }) => {
        const [file = '', anchor] = decodeURI(target).split('#', 2);
        const place = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
        const other = pages[place];
        if (other === undefined) return place.startsWith('..') || !has(place);
        return anchor !== undefined && !anchorsOf(other).has(anchor);
      })
      .map(({ line, target }) => `${path}:${line} ${target}`),
  );
