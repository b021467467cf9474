import type { Options } from '../../options/table.ts';

/** The keys of which clients must send one, once one is set: the option, its header, its name for people. */
export const CLIENT_KEYS = [
  ['clientKey', 'X-Parse-Client-Key', 'Client key'],
  ['javascriptKey', 'X-Parse-Javascript-Key', 'JavaScript key'],
  ['restAPIKey', 'X-Parse-REST-API-Key', 'REST API key'],
  ['dotNetKey', 'X-Parse-Windows-Key', '.NET key'],
] as const;

/** The headers of a client: application id, and one client key if any is set. */
export const clientHeaders = (options: Options): { readonly [name: string]: string } => {
  const [option, header] = CLIENT_KEYS.find(([name]) => options[name] !== undefined) ?? [];
  return {
    'X-Parse-Application-Id': options.appId,
    ...(option && { [header]: options[option] ?? '' }),
  };
};
