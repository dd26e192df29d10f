const { readFileSync } = await import('node:fs');
const { Parser } = await import('@asyncapi/parser');
const { document } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
if (!document) process.exit(1);
