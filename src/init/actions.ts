/**
 * The actions of GitHub that a workflow uses, each by the commit of a release: a tag can be moved to other code, a commit
 * cannot. The comment is what Dependabot and Renovate read, and keep true.
 */
const pinned = {
  'actions/checkout': ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'actions/setup-node': ['820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'actions/upload-artifact': ['bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', 'v7.0.0'],
  'actions/download-artifact': ['3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', 'v8.0.1'],
  'pnpm/action-setup': ['0977fd99725f1db4007ccb2928dbb4e90d06cc86', 'v6.0.10'],
  'oven-sh/setup-bun': ['0c5077e51419868618aeaa5fe8019c62421857d6', 'v2.2.0'],
} as const;

export type ActionName = keyof typeof pinned;

/** `uses` of a step: `uses: actions/checkout@3d3c… # v7.0.1`. */
export function uses(name: ActionName): string {
  const [commit, release] = pinned[name];
  return `uses: ${name}@${commit} # ${release}`;
}
