/** A predicate as ajv's standalone code makes it: false leaves the reasons in `errors`. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly Finding[] | null;
}

export interface Finding {
  readonly instancePath: string;
  readonly message?: string;
}

/** The Standard Schema interface, version 1 (standardschema.dev), as far as a validator implements it. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

/** What is wrong with a payload, and where. */
export interface Issue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}
