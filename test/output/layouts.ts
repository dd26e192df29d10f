import type { PrettierOptions } from '../../src/kit/prettier-options.js';

/** Unions, tuples, patterns, lists of numbers, long words and names of other scripts: what the emitters write of every kind. */
export const document = `
asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0 }
channels:
  /shop/order-placed:
    x-event: { product: shop }
    publish: { message: { name: order-placed, payload: { $ref: '#/components/schemas/Order' } } }
  /shop/order-paid:
    x-event: { product: shop, discriminator: { pointer: /kind, value: paid } }
    publish: { message: { name: order-paid, payload: { $ref: '#/components/schemas/Paid' } } }
components:
  schemas:
    Paid:
      type: object
      required: [kind]
      properties: { kind: { type: string }, 'a "quoted" name': { enum: [1, 2, 3, 1000000, 2000000, 3000000, 4000000, 5000000, 6000000, 7000000, 8000000, 9000000] } }
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string, minLength: 1, description: "It's the order's identifier, which is long enough to be broken when the lines are short ones." }
        配達: { type: [string, 'null'], pattern: '^[a-z]+$' }
        pair: { type: array, items: [{ type: string }, { type: integer }], additionalItems: false }
        next: { $ref: '#/components/schemas/Order' }
        paid: { anyOf: [{ $ref: '#/components/schemas/Paid' }, { type: string, maxLength: 5 }, { type: array, uniqueItems: true, items: { type: object } }] }
      patternProperties: { '^cf_': { type: [string, number] }, '_x$': { const: { a: [1, 'b'] } } }
`;

/** Prettier’s options, every one of them that counts for TypeScript. */
export const options: readonly PrettierOptions[] = [
  {},
  { singleQuote: true },
  { semi: false },
  { useTabs: true, tabWidth: 4 },
  { printWidth: 60, tabWidth: 3 },
  { printWidth: 120, bracketSpacing: false },
  { printWidth: 320, trailingComma: 'none' },
  { trailingComma: 'es5', arrowParens: 'avoid' },
  { objectWrap: 'collapse', printWidth: 100 },
  { quoteProps: 'consistent', singleQuote: true },
  { quoteProps: 'preserve', semi: false, singleQuote: true, useTabs: true },
  { experimentalTernaries: true, experimentalOperatorPosition: 'start' },
];
