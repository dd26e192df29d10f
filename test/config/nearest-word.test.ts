import { expect, test } from 'vitest';
import { nearestWord } from '../../src/config/nearest-word.js';
import { adapterNames, clientNames, failOn } from '../../src/config/options.js';
import { rules } from '../../src/model/change-rules.js';

const many = Object.keys(rules);
const events = Array.from({ length: 20 }, (_, at) => `shop/event-${at}`);

test.each<[word: string, known: readonly string[], said: string]>([
  [
    'zendesk',
    clientNames,
    'Known are `helpdesk`, `freshdesk`, `freshservice`, `freshsales` and `freshchat`.',
  ],
  ['helpdsk', clientNames, 'The nearest is `helpdesk`.'],
  ['never', failOn, 'Known are `breaking`, `risky` and `none`.'],
  ['ndoe', adapterNames, 'The nearest is `node`.'],
  ['nope', many, '`freshworks-gen explain` lists all that are known.'],
  ['evnt-added', many, 'The nearest is `event-added`.'],
  ['event-11', events, 'The nearest is `shop/event-11`.'],
  ['event-19x', [...events, 'a/pay', 'b/pay'], '`freshworks-gen explain` lists all that are known.'],
  ['/pay', [...events, 'a/pay', 'b/pay'], 'The nearest is `a/pay`.'],
  ['payment', [...events, 'a/payment', 'b/payment'], 'The nearest is `a/payment`.'],
  [
    'ordered',
    [...events, 'shop/ordered', 'mail/ordered'],
    'The nearest are `shop/ordered` and `mail/ordered`.',
  ],
])('%s: only what is near is suggested', (word, known, said) => {
  expect(nearestWord(word, known)).toBe(said);
});
