/** Fields that nobody has declared. */
export type Unknown = Readonly<Record<string, unknown>>;

/** The custom fields of a record, as the user has declared them by its name; anything where they have not. */
export type CustomOf<F, Name extends string> = F extends {
  readonly [N in Name]: infer C;
}
  ? C
  : Unknown;

/** A record with its custom fields. What they hold is as the user says: nothing checks it. */
export type WithCustom<R, C> = R & {
  readonly custom_fields?: C | null | undefined;
};

/** Custom fields that are sent. */
export interface CustomSent<C> {
  readonly custom_fields?: { readonly [F in keyof C]?: C[F] } | undefined;
}
