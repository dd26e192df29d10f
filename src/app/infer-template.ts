import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { readRegularFile } from '../disk/regular-file.js';
import { jsonPath, type Action } from '../infer/action.js';
import type { Observation } from '../infer/observation.js';
import { placeholderOf, placeholderTable, type Placeholder } from '../infer/placeholders.js';
import { payloadsOf } from '../infer/template-payloads.js';
import {
  barePlaceholders,
  mended,
  placeholdersOf,
  readTemplate,
  TemplateFault,
  textAt,
  toldApartBy,
  type TemplateValue,
} from '../infer/template.js';
import type { Catalog } from '../model/catalog.js';
import { pointerOf } from '../model/pointer.js';
import { shipped } from '../shipped.js';
import { describe } from './generate.js';
import { inferFrom, type Inferred, type InferRequest } from './infer.js';

/** The template of a rule, and the event that the rule sends. */
export interface RuleTemplate {
  readonly file: string;
  readonly event: string;
}

export interface FromTemplates extends Inferred {
  /** Templates with every placeholder in quotes; those that are as they should be are left out. */
  readonly mended: readonly { readonly file: string; readonly template: string }[];
}

const maxBytes = 256 * 1024;

/**
 * Infers from the templates of rules what they send. Where several are given, and each writes another text in one place, that
 * text tells their events apart.
 *
 * @throws Rejected for a template that cannot be read, and for an event that there is not
 */
export async function inferFromTemplates(
  templates: readonly RuleTemplate[],
  request: InferRequest,
): Promise<FromTemplates> {
  const cwd = request.options.cwd ?? process.cwd();
  const { placeholders: table } = placeholderTable(
    await readFile(shipped('freshworks.placeholders.yaml'), 'utf8'),
  );
  const { catalog } = await describe(request.options);
  const read = await Promise.all(templates.map((each) => readRule(each, catalog, cwd)));
  const observations: Observation[] = read.flatMap(({ event, product, file, value }) =>
    payloadsOf(value, table, product).map((payload) => ({
      event,
      payload,
      day: '',
      origin: { file, line: 1 },
    })),
  );
  const inferred = await inferFrom(() => observations, {
    ...request,
    openEnums: false,
    template: {
      names: read.map(({ file }) => file).join(', '),
      actions: discriminators(read, catalog),
      describe: describing(read, table),
    },
  });
  return {
    ...inferred,
    deliveries: 0,
    diagnostics: [...read.flatMap((each) => warnings(each, table)), ...inferred.diagnostics],
    mended: read
      .filter(({ value }) => barePlaceholders(value).length > 0)
      .map(({ file, text, value }) => ({ file, template: mended(text, value) })),
  };
}

interface Rule extends RuleTemplate {
  readonly product: string;
  readonly text: string;
  readonly value: TemplateValue;
}

async function readRule({ file, event }: RuleTemplate, catalog: Catalog, cwd: string): Promise<Rule> {
  const known = catalog.events.find(({ name }) => name === event);
  if (known === undefined)
    throw new Rejected(diagnostic('infer-event-missing', `there is no event ${event}`));
  const name = fileName(resolve(cwd, file), cwd);
  let text: string;
  try {
    text = (await readRegularFile(resolve(cwd, file), maxBytes)).toString('utf8');
  } catch (error) {
    throw new Rejected(
      diagnostic('infer-input-missing', `${name} cannot be read: ${(error as Error).message}`),
    );
  }
  try {
    return { file: name, event, product: known.product, text, value: readTemplate(text) };
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    throw new Rejected(found('template-invalid', error.message, name, text, error.offset));
  }
}

function warnings(
  { file, text, value, product }: Rule,
  table: readonly Placeholder[],
): readonly Diagnostic[] {
  return [
    ...barePlaceholders(value).map(({ placeholders, start }) =>
      found('template-unquoted', `{{${placeholders[0] ?? ''}}} stands without quotes`, file, text, start),
    ),
    ...placeholdersOf(value)
      .filter(([name]) => placeholderOf(table, name, product) === undefined)
      .map(([name, start]) =>
        found(
          'template-placeholder-unknown',
          `{{${name}}} is no placeholder that is known of ${product}`,
          file,
          text,
          start,
        ),
      ),
  ];
}

function found(
  code: 'template-invalid' | 'template-unquoted' | 'template-placeholder-unknown',
  message: string,
  file: string,
  text: string,
  offset: number,
): Diagnostic {
  const before = text.slice(0, offset).split('\n');
  return {
    ...diagnostic(code, message),
    position: { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  };
}

/** What the fields of templates stand for, by their paths. */
function describing(
  rules: readonly Rule[],
  table: readonly Placeholder[],
): (path: string) => string | undefined {
  const known = new Map(rules.flatMap(({ value, product }) => described(value, table, product, '')));
  return (path) => known.get(path);
}

function described(
  value: TemplateValue,
  table: readonly Placeholder[],
  product: string,
  path: string,
): readonly (readonly [path: string, description: string])[] {
  switch (value.kind) {
    case 'object':
      return [
        ...(path === '' ? [] : [[path, "Of the rule's own template."] as const]),
        ...value.members.flatMap(([name, member]) => described(member, table, product, `${path}/${name}`)),
      ];
    case 'array':
      return value.items.flatMap((item) => described(item, table, product, `${path}/*`));
    case 'literal':
      return [];
    default: {
      const [only, ...others] = value.placeholders;
      if (only === undefined) return [[path, "A fixed text of the rule's own template."]];
      const entry = others.length === 0 ? placeholderOf(table, only, product) : undefined;
      return [[path, entry?.description ?? `From \`${value.placeholders.join('`, `')}\`.`]];
    }
  }
}

/** Actions that say which text of a payload tells its event, where templates of several events differ in one. */
function discriminators(rules: readonly Rule[], catalog: Catalog): readonly Action[] {
  const byProduct = new Map<string, Rule[]>();
  for (const rule of rules) byProduct.set(rule.product, [...(byProduct.get(rule.product) ?? []), rule]);
  return [...byProduct.values()].flatMap((own) => {
    if (own.length < 2 || new Set(own.map(({ event }) => event)).size < own.length) return [];
    const path = toldApartBy(own.map(({ value }) => value));
    if (path === undefined) return [];
    const pointer = pointerOf(path);
    return own.map(({ event, value, file }): Action => {
      const channel = catalog.events.find(({ name }) => name === event)?.channel ?? event;
      return {
        target: jsonPath(['channels', channel]),
        description: 'The template of the rule tells its event.',
        update: { 'x-event': { discriminator: { pointer, value: textAt(value, path) } } },
        observed: { template: file },
      };
    });
  });
}
