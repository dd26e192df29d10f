import type { ManagerName } from './manager.js';

/** What `init` has to know. */
export interface Answers {
  /** The kit's folder, as it is written into the configuration. */
  readonly out: string;
  /** AsyncAPI documents; none for those that come with the program. */
  readonly spec: readonly string[];
  readonly overlay: readonly string[];
  readonly refRoot: string | undefined;
  readonly literal: boolean;
  /** Undefined for all. */
  readonly products: readonly string[] | undefined;
  /** Whether the kit has stubs and collects handlers. */
  readonly handlers: boolean;
  readonly adapters: readonly string[];
  readonly inbox: readonly string[];
  readonly clients: readonly string[];
  readonly manager: ManagerName;
  /** Whether pull requests are to be checked by a workflow. */
  readonly workflow: boolean;
}

/** The answers that are about the kit. */
export type KitAnswers = Omit<Answers, 'manager' | 'workflow'>;

/** A kit that the project has, or will have. Paths are relative to the package, with `/`. */
export interface KitPlace {
  readonly out: string;
  /** Documents and overlays. */
  readonly inputs: readonly string[];
}
