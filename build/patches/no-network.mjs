// The parser's packages can fetch what a reference names. This program never does: what would open a connection is not in the
// bundle.
const fetch = 'module.exports = () => { throw new Error("freshworks-gen opens no connection"); };';

export const noNetwork = {
  name: 'no-network',
  setup(builder) {
    builder.onResolve({ filter: /^node-fetch$/ }, ({ path }) => ({ path, namespace: 'no-network' }));
    builder.onLoad({ filter: /.*/, namespace: 'no-network' }, () => ({ contents: fetch, loader: 'js' }));
  },
};
