import { contract, files, manifest } from 'compiled:manifest';
import type { Json } from '../model/json.js';
import { namesIn } from '../model/pointer.js';

/** What is wrong with a part of a manifest: at which member, as the names that lead to it from the part, and in which way. */
export interface Flaw {
  readonly path: readonly string[];
  readonly how: string;
}

const validators = { manifest, files, contract };

/** Far more levels than a contract has, and far from where recursion ends. */
const maxLevels = 600;

/** The first thing that is wrong with the form of a part; undefined where nothing is. */
export function flawOf(part: keyof typeof validators, value: Json | undefined): Flaw | undefined {
  if (isDeeper(value, maxLevels)) return { path: [], how: 'is nested too deeply' };
  const validate = validators[part];
  if (validate(value)) return undefined;
  const { instancePath = '', message = 'is not valid', params = {} } = validate.errors?.[0] ?? {};
  const { missingProperty, additionalProperty } = params as Readonly<Record<string, string | undefined>>;
  const path = namesIn(instancePath);
  if (missingProperty !== undefined) return { path: [...path, missingProperty], how: 'is missing' };
  if (additionalProperty !== undefined) return { path: [...path, additionalProperty], how: 'is not known' };
  return { path, how: message };
}

function isDeeper(value: Json | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value as object).some((each: Json) => isDeeper(each, levels - 1));
}
