import fc from 'fast-check';
import ts from 'typescript';
import { skeletonOf } from '../../src/catalog/confusable.js';
import { describe, expect, test } from 'vitest';
import { isIdentifier, isProductName } from '../../src/model/identifier.js';
import { handlerName, productName, assignNames, typeName } from '../../src/catalog/names.js';

const long = 'x'.repeat(10_000);

describe('names out of any text', () => {
  const rows: readonly [text: string, type: string, handler: string, product: string][] = [
    ['ticket-created', 'TicketCreated', 'ticketCreated', 'ticket-created'],
    ['ticket_created', 'TicketCreated', 'ticketCreated', 'ticket-created'],
    ['TicketCreated', 'TicketCreated', 'TicketCreated', 'ticket-created'],
    ['HTTPServer2b', 'HTTPServer2B', 'HTTPServer2b', 'http-server-2-b'],
    ['Corner Shop', 'CornerShop', 'cornerShop', 'corner-shop'],
    ['any', 'AnyType', 'anyHandler', 'any'],
    ['string', 'StringType', 'stringHandler', 'string'],
    ['Array', 'ArrayType', 'Array', 'array'],
    ['Promise', 'PromiseType', 'Promise', 'promise'],
    ['class', 'Class', 'classHandler', 'class'],
    ['await', 'Await', 'awaitHandler', 'await'],
    ['enum', 'Enum', 'enumHandler', 'enum'],
    ['undefined', 'UndefinedType', 'undefinedHandler', 'undefined'],
    ['default', 'DefaultType', 'defaultHandler', 'default'],
    ['then', 'ThenType', 'thenHandler', 'then'],
    ['constructor', 'ConstructorType', 'constructorHandler', 'constructor'],
    ['prototype', 'PrototypeType', 'prototypeHandler', 'prototype'],
    ['__proto__', 'Proto', 'proto', 'proto'],
    ['Handlers', 'HandlersType', 'Handlers', 'handlers'],
    ['unhandled', 'UnhandledType', 'unhandledHandler', 'unhandled'],
    [
      'A {}\nglobalThis.PWNED=1;\ninterface B',
      'AGlobalThisPWNED1InterfaceB',
      'aGlobalThisPWNED1InterfaceB',
      'a-global-this-pwned-1-interface-b',
    ],
    [
      'onTicket"); process.exit(1); ("',
      'OnTicketProcessExit1',
      'onTicketProcessExit1',
      'on-ticket-process-exit-1',
    ],
    ["x'};${evil()}", 'XEvil', 'xEvil', 'x-evil'],
    ['../../evil', 'Evil', 'evil', 'evil'],
    ['..\\evil', 'Evil', 'evil', 'evil'],
    ['/etc/cron.d/x', 'EtcCronDX', 'etcCronDX', 'etc-cron-d-x'],
    ['C:\\x', 'CX', 'cX', 'c-x'],
    ['CON', 'CON', 'CON', 'con-product'],
    ['nul.ts', 'NulTs', 'nulTs', 'nul-ts'],
    ['aux', 'Aux', 'aux', 'aux-product'],
    ['node_modules', 'NodeModules', 'nodeModules', 'node-modules-product'],
    ['.git/hooks/x', 'GitHooksX', 'gitHooksX', 'git-hooks-x'],
    ['index', 'Index', 'index', 'index-product'],
    ['shared', 'Shared', 'shared', 'shared-product'],
    ['a\0b', 'AB', 'aB', 'a-b'],
    ['42', 'N42', 'n42', '42'],
    ['Överföring klar', 'ÖverföringKlar', 'överföringKlar', 'överföring-klar'],
    ['Lagerführung', 'Lagerführung', 'Lagerführung', 'lagerführung'],
    ['Größe', 'Größe', 'Größe', 'grösse'],
    ['配達/完了', '配達完了', '配達完了', '配達-完了'],
    ['заказ создан', 'ЗаказСоздан', 'заказСоздан', 'заказ-создан'],
    ['ουρανός', 'Ουρανός', 'ουρανός', 'ουρανός'],
    ['هلو', 'هلو', 'هلو', 'هلو'],
    ['ตั๋วใหม่', 'ตั๋วใหม่', 'ตั๋วใหม่', 'ตั๋วใหม่'],
    ['cafe\u0301', 'Café', 'café', 'café'],
    ['ticket🎫sold', 'TicketSold', 'ticketSold', 'ticket-sold'],
    ['a\u200bb', 'AB', 'aB', 'a-b'],
    ['\u3164x', 'X', 'x', 'x'],
    ['١٢٣', 'N١٢٣', 'n١٢٣', '١٢٣'],
    ['2fa enabled', 'N2FaEnabled', 'n2FaEnabled', '2-fa-enabled'],
  ];
  test.each(rows)('%j is %s, %s and %s', (text, type, handler, product) => {
    expect([typeName(text), handlerName(text), productName(text)]).toEqual([type, handler, product]);
  });

  test.each(['', ' ', '\t', '.', '..', '🎫', '\u3164', '\u{105c0}', '\u0301'])(
    '%j, which holds no letter or digit, is a hash of itself',
    (text) => {
      expect(typeName(text)).toMatch(/^Unnamed[0-9A-F]{6}$/);
      expect(handlerName(text)).toMatch(/^unnamed[0-9A-F]{6}$/);
      expect(productName(text)).toMatch(/^unnamed-[0-9a-f]{6}$/);
      expect(typeName(text)).not.toBe(typeName(`${text}!`));
    },
  );

  test('a name is at most 80 characters, and two long ones that start alike stay two', () => {
    for (const text of ['配達'.repeat(100), '\u{20000}'.repeat(100), 'ä'.repeat(100)]) {
      const file = `.${productName(text)}.ts.0123456789ab.tmp`;
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
      for (const name of [typeName(text), handlerName(text), productName(text)]) {
        expect(name.length).toBeLessThanOrEqual(80);
        expect(name).not.toMatch(/\p{Surrogate}/u);
      }
    }
    for (const name of [typeName, handlerName, productName]) {
      expect(name(long).length).toBeLessThanOrEqual(80 + '-product'.length);
      expect(name(long)).toBe(name(long));
      expect(name(`${long}a`)).not.toBe(name(`${long}b`));
    }
    expect(productName(long)).toMatch(/^[a-z0-9-]+$/);
  });

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        'B',
        '1',
        '_',
        '-',
        ' ',
        '.',
        '/',
        '\\',
        '$',
        'é',
        'ß',
        'İ',
        'Σ',
        'ΐ',
        '配',
        '\u0301',
        'ǅ',
        'ﬁ',
        'ŉ',
      ),
    }),
  );
  test('whatever the text, the name is one', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect([typeName(text), handlerName(text)].filter((name) => !isIdentifier(name))).toEqual([]);
        expect(productName(text)).toSatisfy(isProductName);
      }),
    );
  });

  test('an identifier is one for the compiler, and has one form', () => {
    const letters = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code));
    const wrong = letters.filter(
      (letter) =>
        (isIdentifier(`A${letter}`) &&
          !ts.isIdentifierPart(letter.codePointAt(0)!, ts.ScriptTarget.ES2020)) ||
        (isIdentifier(letter) && !ts.isIdentifierStart(letter.codePointAt(0)!, ts.ScriptTarget.ES2020)),
    );
    expect(wrong).toEqual([]);
    expect(isIdentifier('e\u0301')).toBe(false);
  });

  test('a handler name can be declared, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.constantFrom(...words)), (text) => {
        const { diagnostics } = ts.transpileModule(`const ${handlerName(text)} = 1; export {};`, {
          reportDiagnostics: true,
        });
        expect(diagnostics).toEqual([]);
      }),
    );
  });
});

const words =
  'await async break case class const debugger default delete eval arguments export function import in let new null static super this typeof var void with yield enum implements interface package private protected public'.split(
    ' ',
  );

describe('settle', () => {
  const claims = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('A', 'a', 'Ab', 'AB', 'B', 'B1'),
      identity: fc.string({ maxLength: 4 }),
      item: fc.nat(),
    }),
    { selector: ({ identity }) => identity, maxLength: 12 },
  );
  const byIdentity = (given: Parameters<typeof assignNames<number>>[0]) =>
    new Map(assignNames(given).map(({ identity, settled }) => [identity, settled]));

  test('gives every claim a name of its own, ignoring case', () => {
    fc.assert(
      fc.property(claims, (given) => {
        const names = assignNames(given).map(({ settled }) => settled.toLowerCase());
        expect(new Set(names).size).toBe(given.length);
      }),
    );
  });

  test('does not depend on the order of the claims', () => {
    const shuffled = claims.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        expect(byIdentity(other)).toEqual(byIdentity(given));
      }),
    );
  });

  test('a claim for another name changes nothing', () => {
    const more = fc.tuple(claims, fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(more, ([given, identity]) => {
        fc.pre(given.every((each) => each.identity !== identity));
        const after = byIdentity([...given, { name: 'Unheard', identity, item: 0 }]);
        for (const [each, settled] of byIdentity(given)) expect(after.get(each)).toBe(settled);
      }),
    );
  });
});

test.each([
  ['cafe', 'caf\u0435', true],
  ['nu', '\u03bd\u03c5', false],
  ['vu', '\u03bd\u03c5', true],
  ['cafe', '\uff43\uff41\uff46\uff45', true],
  ['cafe', 'caf\u00e9', false],
  ['osu', '\u0585\u057d\u0575', false],
  ['l', '1', false],
])('%j and %j look alike: %s', (left, right, alike) => {
  expect(skeletonOf(left) === skeletonOf(right)).toBe(alike);
});
