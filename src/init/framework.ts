/** By the packages of a framework, which adapter it takes; the first that is found counts. */
const adapters: readonly (readonly [adapter: string, packages: readonly string[]])[] = [
  ['express', ['express', '@nestjs/platform-express', '@google-cloud/functions-framework']],
  ['fastify', ['fastify', '@nestjs/platform-fastify']],
  ['lambda', ['@types/aws-lambda', 'serverless']],
];

/** The adapter of a project, from the packages that it asks for. */
export function adapterFor(packages: ReadonlySet<string>): string {
  return adapters.find(([, names]) => names.some((name) => packages.has(name)))?.[0] ?? 'node';
}
