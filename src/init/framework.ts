/** By the packages of a framework, which adapter it takes. */
const frameworks: readonly (readonly [adapter: string, packages: readonly string[]])[] = [
  ['express', ['express', '@nestjs/platform-express', '@google-cloud/functions-framework']],
  ['fastify', ['fastify', '@nestjs/platform-fastify']],
  ['lambda', ['@types/aws-lambda', 'serverless']],
];

/** The adapters of a project, from the packages that it asks for: the default, which the pages use, and those of its frameworks. */
export function adaptersFor(packages: ReadonlySet<string>): readonly string[] {
  const found = frameworks.filter(([, names]) => names.some((name) => packages.has(name)));
  return ['node', ...found.map(([adapter]) => adapter)];
}
