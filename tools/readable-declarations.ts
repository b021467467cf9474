/** As much of a Rolldown plugin as this one is. */
export type DeclarationsPlugin = {
  readonly name: string;
  generateBundle(options: unknown, bundle: { readonly [fileName: string]: { code?: string } }): void;
};

/** `Symbol.asyncDispose`, which the language knows since TypeScript 5.2 and no `lib` below `esnext` holds. */
const NEEDED_LIB = '/// <reference lib="esnext.disposable" />\n';

/**
 * A bundler plugin for the declarations. The bundler prints the comment of a property behind the property before it, where no
 * editor looks for it: each comment gets a line of its own. And the declarations name what they need beside `lib: es2023`,
 * so that nobody has to name it for them.
 */
export const readableDeclarations = (): DeclarationsPlugin => ({
  name: 'readable-declarations',
  generateBundle(_options, bundle) {
    for (const [fileName, chunk] of Object.entries(bundle)) {
      if (!fileName.endsWith('.d.ts') || chunk.code === undefined) continue;
      const code = chunk.code
        .replace(/^( *)(.*;) (?=\/\*\*)/gm, '$1$2\n$1')
        .replace(/^( *)(.*\*\/)(?=\S)/gm, '$1$2\n$1');
      chunk.code = NEEDED_LIB + code;
    }
  },
});
