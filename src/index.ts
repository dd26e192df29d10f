import type { diff as compareVersions } from './app/diff.js';
import type * as kits from './app/generate.js';

// What a configuration imports, `defineConfig`, is there at once; the generator loads when it is asked to work. Before that, the
// options are checked: a program in JavaScript may give any.

/** What a change of documents means for those who receive their events. Writes nothing. */
export const diff: typeof compareVersions = async (...given) => {
  const valid = await checked('diff', given);
  return (await import('./app/diff.js')).diff(...valid);
};

/**
 * Writes a kit. A file that was edited by hand is left alone, and the run fails, unless `force` is set.
 *
 * @throws Rejected for anything that is the user's to mend; nothing has been written then
 */
export const generate: typeof kits.generate = async (...given) => {
  const valid = await checked('generate', given);
  return (await import('./app/generate.js')).generate(...valid);
};

/** Renders a kit in memory and compares it with what is in its folder. Writes nothing. */
export const render: typeof kits.render = async (...given) => {
  const valid = await checked('render', given);
  return (await import('./app/generate.js')).render(...valid);
};

/**
 * Compares a kit with its documents.
 *
 * @throws Rejected `kit-missing` where there is no kit
 */
export const check: typeof kits.check = async (...given) => {
  const valid = await checked('check', given);
  return (await import('./app/generate.js')).check(...valid);
};

/** The catalog of some documents, without a kit. */
export const describe: typeof kits.describe = async (...given) => {
  const valid = await checked('describe', given);
  return (await import('./app/generate.js')).describe(...valid);
};

async function checked<Given extends readonly unknown[]>(
  name: 'generate' | 'render' | 'check' | 'describe' | 'diff',
  given: Given,
): Promise<Given> {
  return (await import('./app/library-options.js')).checked(name, given);
}

export type { Accepted, DiffOptions, Difference, ReportedChange, Version } from './app/diff.js';
export type { Change } from './diff/change.js';
export type { Level, RuleId } from './model/change-rules.js';
export { rules } from './model/change-rules.js';
export type { Described, DescribeOptions, Rendered } from './app/generate.js';
export { defineConfig } from './config/define.js';
export type { AcceptConfig, Adapter, Config, ConfigExport, DiffConfig, KitConfig } from './config/define.js';
export type { Options, Settings } from './config/settings.js';
export type {
  Authentication,
  Catalog,
  Discriminator,
  DocumentInfo,
  Event,
  PayloadType,
  Product,
  Schema,
  SchemaObject,
  SignatureAlgorithm,
  SimpleType,
} from './model/catalog.js';
export type { AppliedOverlay, Document, Input, SourceMap } from './model/document.js';
export type { Json, JsonArray, JsonObject } from './model/json.js';
export type { Plan, PlannedFile, State } from './output/plan.js';
export type { Code } from './diagnostics/catalogue.js';
export { Rejected } from './diagnostics/diagnostic.js';
export type { Diagnostic, Severity } from './diagnostics/diagnostic.js';
export type { SourceLocation, Position } from './diagnostics/source-location.js';
export { version } from './version.js';
