import { ParseError } from '../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';

const BRANCHES = ['$or', '$and', '$nor'] as const;

const invalid = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

const checkPattern = (pattern: Json, options: Json | undefined): void => {
  const isExpression =
    isObject(pattern) && typeof pattern['source'] === 'string' && typeof pattern['flags'] === 'string';
  if (typeof pattern !== 'string' && !isExpression) {
    throw invalid('Invalid regular expression: $regex must be a string or RegExp');
  }
  const [source, flags] = isObject(pattern)
    ? [String(pattern['source']), String(pattern['flags'])]
    : [String(pattern), String(options || '')];
  try {
    new RegExp(source, flags);
  } catch (error) {
    throw invalid(`Invalid regular expression: ${error instanceof Error ? error.message : error}`);
  }
};

/** @throws ParseError 102 for branches that are not a list, and for what is not a regular expression */
export const checkConstraints = (where: JsonObject): void => {
  for (const name of BRANCHES) {
    const branches = where[name];
    if (branches === undefined) continue;
    if (!Array.isArray(branches)) throw invalid(`${name} must be an array`);
    for (const branch of branches) if (isObject(branch)) checkConstraints(branch);
  }
  for (const constraint of Object.values(where)) {
    if (isObject(constraint) && constraint['$regex'] !== undefined) {
      checkPattern(constraint['$regex'], constraint['$options']);
    }
  }
};
