/**
 * In the place of `storing.ts` where no inbox was asked for, so that nobody's bundle carries what nobody uses.
 *
 * @throws TypeError for every receiver that is given an inbox
 */
export const storing: (...given: readonly unknown[]) => never = () => {
  throw new TypeError(
    "this kit was generated without an inbox: generate it with --inbox",
  );
};
