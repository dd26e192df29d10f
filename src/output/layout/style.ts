import type { PrettierOptions } from '../../kit/prettier-options.js';

/** The options of Prettier that are honoured here, each with a value. */
export type Style = Required<
  Pick<
    PrettierOptions,
    'printWidth' | 'tabWidth' | 'useTabs' | 'semi' | 'singleQuote' | 'trailingComma' | 'bracketSpacing'
  >
>;

const defaults: Required<PrettierOptions> = {
  printWidth: 80,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: 'as-needed',
  trailingComma: 'all',
  bracketSpacing: true,
  objectWrap: 'preserve',
  arrowParens: 'always',
  experimentalTernaries: false,
  experimentalOperatorPosition: 'end',
};

/** Those that change nothing in what is laid out here, whatever they are: there are no arrows and no ternaries in it. */
const irrelevant: ReadonlySet<string> = new Set(['arrowParens', 'experimentalTernaries']);
const honoured: ReadonlySet<string> = new Set([
  'printWidth',
  'tabWidth',
  'useTabs',
  'semi',
  'singleQuote',
  'trailingComma',
  'bracketSpacing',
  ...irrelevant,
]);

/** The style that some options ask for; undefined where one of them is not honoured here. */
export function styleOf(options: PrettierOptions): Style | undefined {
  const isKnown = Object.keys(changes(options)).every((option) => honoured.has(option));
  return isKnown ? { ...defaults, ...options } : undefined;
}

/** Every option, with the value that Prettier takes where none is given. */
export function withDefaults(options: PrettierOptions): Required<PrettierOptions> {
  return { ...defaults, ...options };
}

export function isDefault(options: PrettierOptions): boolean {
  return Object.keys(changes(options)).length === 0;
}

/** The options that are not as they are by default. */
function changes(options: PrettierOptions): PrettierOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([option, value]) => defaults[option as keyof PrettierOptions] !== value),
  );
}
