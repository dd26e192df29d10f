// Prettier's main module looks for configurations on the user's disk and imports what it finds. json-schema-to-typescript
// loads it and is never asked to format; nobody else may.
export const noPrettierSearch = {
  name: 'no-prettier-search',
  setup(builder) {
    builder.onResolve({ filter: /^prettier$/ }, ({ path, importer }) => {
      if (!importer.includes('json-schema-to-typescript'))
        throw new Error(`${importer} loads all of Prettier`);
      return { path, namespace: 'no-prettier-search' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'no-prettier-search' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};
