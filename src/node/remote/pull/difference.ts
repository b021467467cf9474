import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../../parse/record.ts';
import type { Picture } from './picture.ts';

/** What a part of a picture is called, and its value. */
type Part = readonly [place: string, value: unknown];

const members = (place: string, value: unknown): Part[] =>
  isObject(value) ? Object.entries(value).map(([name, inner]): Part => [`${place}.${name}`, inner]) : [];

const partsOf = ({
  parseVersion,
  appId,
  graphQLConfig,
  schemas,
  parameters,
}: Partial<Picture>): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...Object.entries({ parseVersion, appId }).filter(([, value]) => value !== undefined),
    ...members('graphQLConfig', graphQLConfig),
    ...members('parameters', parameters?.params),
    ...members('parameters for the master key', parameters?.masterKeyOnly),
    ...(schemas ?? []).flatMap(({ className, fields, classLevelPermissions, indexes }): Part[] => [
      [className, 'class'],
      ...members(className, fields),
      ...members(`${className}.classLevelPermissions`, classLevelPermissions),
      ...members(`${className}.indexes`, indexes),
    ]),
  ]);

const show = (value: unknown): string => {
  const { type, targetClass, required }: JsonObject = isObject(value) ? value : {};
  if (typeof type !== 'string') return JSON.stringify(value) ?? String(value);
  return `${type}${targetClass === undefined ? '' : ` to ${targetClass}`}${required === true ? ', required' : ''}`;
};

/**
 * What changed from one picture of a server to the next, a line for each place: `+ Todo.priority: Number`, `- Todo.done`,
 * `~ Todo.classLevelPermissions.find: {"*":true} → {}`.
 */
export const differenceOf = (before: Partial<Picture>, after: Partial<Picture>): readonly string[] => {
  const [old, now] = [partsOf(before), partsOf(after)];
  const lines: string[] = [];
  for (const [place, value] of now) {
    if (!old.has(place)) lines.push(`+ ${place}: ${show(value)}`);
    else if (!isDeepStrictEqual(old.get(place), value)) {
      const [was, is] = [show(old.get(place)), show(value)];
      const differs = was === is ? [JSON.stringify(old.get(place)), JSON.stringify(value)] : [was, is];
      lines.push(`~ ${place}: ${differs.join(' → ')}`);
    }
  }
  for (const place of old.keys()) if (!now.has(place)) lines.push(`- ${place}`);
  return lines;
};
