import { placeholderOf, type Placeholder } from './placeholders.js';
import type { TemplateValue } from './template.js';

/**
 * Payloads that a template may send, as many as show every type that a value can have: a placeholder in quotes gives text. One
 * without quotes gives a number where its value has digits, and text once it is mended: both are taken, so that the rule may
 * be mended at any time. A placeholder that nobody knows may give anything.
 */
export function payloadsOf(
  template: TemplateValue,
  table: readonly Placeholder[],
  product: string,
): readonly unknown[] {
  return [0, 1, 2, 3].map((turn) => made(template, turn));

  function made(value: TemplateValue, turn: number): unknown {
    switch (value.kind) {
      case 'object':
        // A name such as `__proto__` is one like any other.
        return Object.fromEntries(value.members.map(([name, member]) => [name, made(member, turn)]));
      case 'array':
        return value.items.map((item) => made(item, turn));
      case 'text':
        return value.placeholders.length === 0 ? value.text : 'text';
      case 'literal':
        return value.value;
      case 'bare': {
        const choices = choicesOf(value.placeholders);
        return choices[turn % choices.length];
      }
    }
  }

  function choicesOf(names: readonly string[]): readonly unknown[] {
    const [only, ...others] = names.map((name) => placeholderOf(table, name, product));
    if (others.length > 0 || only?.gives === 'list') return ['text'];
    if (only === undefined) return ['text', 1.5, true, null];
    return only.gives === 'number' ? ['text', 1] : ['text', 1.5];
  }
}
