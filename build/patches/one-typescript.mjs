// ts-morph contains TypeScript. What asks for the package gets that one, so that the bundle contains it once.
import { fileURLToPath } from 'node:url';

const typescript = fileURLToPath(
  new URL('../../node_modules/@ts-morph/common/dist/typescript.js', import.meta.url),
);

export const oneTypeScript = {
  name: 'one-typescript',
  setup(builder) {
    builder.onResolve({ filter: /^typescript$/ }, () => ({ path: typescript }));
  },
};
