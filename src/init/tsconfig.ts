import { parse } from 'jsonc-parser';

/**
 * Whether TypeScript finds no types of Node.js: from version 6 on, only the packages that `types` names are found by
 * themselves (TypeScript 6.0 release notes).
 *
 * @param major the version of TypeScript; undefined where package.json names none
 * @param tsconfig the text of tsconfig.json
 */
export function lacksNodeTypes(major: number | undefined, tsconfig: string | undefined): boolean {
  if (tsconfig === undefined || major === undefined || major < 6) return false;
  const value: unknown = parse(tsconfig, [], { allowTrailingComma: true });
  if (!isObject(value)) return false;
  const { compilerOptions, extends: base } = value;
  const types = isObject(compilerOptions) ? compilerOptions['types'] : undefined;
  if (Array.isArray(types)) return !types.includes('node') && !types.includes('*');
  // What another file says is not looked up: no false alarm.
  return base === undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
