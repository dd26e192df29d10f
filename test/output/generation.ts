/** So many that writing one takes a while. */
const lines = 40_000;

/** The files of a made-up kit whose every file tells which generation it is of, from its first byte to its last. */
export function generation(number: number): Record<string, string> {
  const names = [
    'index.ts',
    'events.ts',
    'payloads/a.ts',
    'payloads/b.ts',
    'validators/a.ts',
    `only/${number % 3}.ts`,
  ];
  return Object.fromEntries(names.map((name) => [name, `// ${number}\n`.repeat(lines)]));
}

/** Whether a file's text is that of one generation, whole. */
export function isWhole(text: string): boolean {
  return /^(\/\/ \d+\n)\1*$/.test(text) && text.split('\n').length === lines + 1;
}
