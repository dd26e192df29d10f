import type { Validate } from "../runtime/standard-schema.js";
import { hasOwn } from "../runtime/validation.js";

/** Written by hand in the shape of ajv's standalone code: a predicate that leaves its findings on itself. */
export const validateOrderPayload: Validate = (value: unknown) => {
  const fine =
    typeof value === "object" && value !== null && !Array.isArray(value);
  validateOrderPayload.errors = fine
    ? null
    : [{ instancePath: "", keyword: "type", params: { type: "object" } }];
  if (fine && hasOwn(value, "total")) {
    const { total } = value as { total: unknown };
    if (typeof total !== "number" && total !== null) {
      validateOrderPayload.errors = [
        {
          instancePath: "/total",
          keyword: "types",
          params: { type: "number,null" },
        },
      ];
    }
  }
  return validateOrderPayload.errors === null;
};

export const validateReviewPayload: Validate = (value: unknown) => {
  const fine =
    typeof value === "object" && value !== null && !Array.isArray(value);
  validateReviewPayload.errors = fine
    ? null
    : [{ instancePath: "", keyword: "type", params: { type: "object" } }];
  return fine;
};
