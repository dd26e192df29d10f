export { diff } from './diff.js';
export type { Accepted, DiffOptions, Difference, ReportedChange, Version } from './diff.js';
export type { Change } from './diff/change.js';
export type { Level, RuleId } from './diff/rules.js';
export { rules } from './diff/rules.js';
export { check, describe, generate, render } from './generate.js';
export type { Described, DescribeOptions, Rendered } from './generate.js';
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
} from './catalog/model.js';
export type { AppliedOverlay, Document, Input, Places } from './catalog/document.js';
export type { Json, JsonArray, JsonObject } from './catalog/json.js';
export type { Plan, PlannedFile, State } from './output/plan.js';
export type { Code } from './diagnostics/catalogue.js';
export { Rejected } from './diagnostics/diagnostic.js';
export type { Diagnostic, Severity } from './diagnostics/diagnostic.js';
export type { Place, Position } from './diagnostics/place.js';
export { version } from './version.js';
