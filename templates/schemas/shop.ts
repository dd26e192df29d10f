/** JSON Schema of OrderPayload. */
export const orderPayloadSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  properties: {
    total: { type: ["number", "null"] },
  },
} as const;

/** JSON Schema of ReviewPayload. */
export const reviewPayloadSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
} as const;
