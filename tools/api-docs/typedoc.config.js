import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** The source of an entry: `src/index.ts`, `src/msw/index.ts`; that of one that takes Node may be in `src/node`. */
const sourceOf = (name) =>
  [at(`src/${name}/index.ts`), at(`src/node/${name}/index.ts`), at(`${name}/mount.ts`)].find((path) =>
    existsSync(path),
  );

/** Every entry point that has types. What the option cloud loads is nobody's to call. */
const entryPoints = Object.keys(exports)
  .filter((name) => exports[name].types && name !== './cloud')
  .map(sourceOf);

export default {
  name: 'API',
  entryPoints,
  tsconfig: at('tools/api-docs/tsconfig.json'),
  plugin: ['typedoc-plugin-markdown', at('tools/api-docs/plain.js')],
  out: at('docs/api'),
  readme: 'none',
  treatWarningsAsErrors: true,
  skipErrorChecking: true, // the compiler looks for errors, and takes longer
  intentionallyNotExported: [
    'src/options/table.ts:Table',
    'src/options/kinds.ts:OptionKinds',
    'src/options/kinds.ts:PlaygroundAsset',
    'src/operations/queries/query.ts:Query',
    'src/operations/triggers/triggers.ts:Result',
    'src/operations/users/next-expiry.ts:Expiry',
    'src/node/playwright/test.ts:Base',
  ],
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  sort: [],
  groupOrder: ['Functions', 'Interfaces', 'Type Aliases', 'Classes', 'Variables'],
  theme: 'plain',
  router: 'module',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  expandParameters: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideModifiers: true },
};
