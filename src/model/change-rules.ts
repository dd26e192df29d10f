/** - `breaking`: code that compiled does not, or a delivery that was handled is not
 *  - `risky`: it may surprise
 *  - `safe`: code that reads payloads and compiled still compiles, and whatever was accepted still is; a new field of an object
 *    that takes any others is the one exception: a value of another type under its name was accepted, and is not
 */
export type Level = 'breaking' | 'risky' | 'safe';

interface Rule {
  readonly level: Level;
  /** What it means for those who receive the events. */
  readonly sentence: string;
}

/** Keeps each id a literal type while checking its rule. */
function catalogue<const Rules extends Record<string, Rule>>(
  known: Rules,
): { readonly [R in keyof Rules]: Rule } {
  return known;
}

/** Every change that is reported, by its stable id. */
export const rules = catalogue({
  'event-removed': {
    level: 'breaking',
    sentence: 'Its handler is never called again, and code that names the event does not compile.',
  },
  'event-renamed': {
    level: 'breaking',
    sentence:
      'The event has another path: deliveries to the old one are answered 404 until the sender has the new one.',
  },
  'event-added': {
    level: 'risky',
    sentence:
      'The compiler asks for a decision about it: a handler, or `ignore`. Until then its deliveries are not handled.',
  },
  'event-moved': {
    level: 'breaking',
    sentence:
      "Deliveries are checked with the other product's credentials; its stub and the types of its payload are in other files.",
  },
  'handler-renamed': {
    level: 'safe',
    sentence: 'A handler that is there keeps its name and stays in use; only a new stub would be called so.',
  },
  'payload-replaced': {
    level: 'risky',
    sentence: 'The payload has another type. Where the two differ for a reader, that is reported by itself.',
  },
  'discriminator-added': {
    level: 'risky',
    sentence:
      "The product's path takes the event now, and a delivery to the event's own path that says otherwise is answered 422.",
  },
  'discriminator-changed': {
    level: 'breaking',
    sentence: "Deliveries to the product's path that say what they said before are another event, or none.",
  },
  'discriminator-removed': {
    level: 'breaking',
    sentence: "Deliveries to the product's path no longer reach the event; its own path is the only one.",
  },
  'delivery-key-added': {
    level: 'safe',
    sentence: '`deliveryKey` has a value, where it was undefined.',
  },
  'delivery-key-changed': {
    level: 'breaking',
    sentence:
      'The key of a delivery is another text: what was stored under the old one is not recognised as handled.',
  },
  'delivery-key-removed': {
    level: 'breaking',
    sentence: '`deliveryKey` is undefined: repeated deliveries are no longer recognised.',
  },
  'content-type-added': {
    level: 'safe',
    sentence: 'Deliveries of this media type are taken, where they were answered 415.',
  },
  'content-type-removed': {
    level: 'breaking',
    sentence: 'Deliveries of this media type are answered 415.',
  },
  'product-added': {
    level: 'risky',
    sentence: 'The compiler asks for its credentials: `verify` needs an entry for it.',
  },
  'product-removed': {
    level: 'breaking',
    sentence: 'Its entry in `verify` does not compile any more, and its deliveries are answered 404.',
  },
  'authentication-added': {
    level: 'risky',
    sentence: 'Deliveries may authenticate in a way that `verify` does not take so far.',
  },
  'authentication-changed': {
    level: 'breaking',
    sentence:
      'Deliveries authenticate in another way: what `verify` asks for is missing, and they are answered 401.',
  },
  'authentication-extended': {
    level: 'risky',
    sentence:
      'Deliveries prove who sends them in more ways than before: `verify` accepts them, and does not check what is new.',
  },
  'authentication-removed': {
    level: 'breaking',
    sentence: 'Deliveries that `verify` asks to authenticate in this way are answered 401.',
  },
  'adapter-added': { level: 'safe', sentence: 'There is one more adapter to import.' },
  'adapter-removed': { level: 'breaking', sentence: 'Code that imports the adapter does not compile.' },
  'inbox-added': { level: 'safe', sentence: 'There is one more inbox engine to import.' },
  'inbox-removed': { level: 'breaking', sentence: 'Code that imports the inbox engine does not compile.' },
  'client-added': { level: 'safe', sentence: 'There is one more client to import.' },
  'client-removed': { level: 'breaking', sentence: 'Code that imports the client does not compile.' },
  'handlers-added': {
    level: 'safe',
    sentence: 'Stubs are written beside the kit, and `handlers` collects what they export.',
  },
  'handlers-removed': { level: 'breaking', sentence: 'Code that imports `handlers` does not compile.' },
  'type-added': { level: 'safe', sentence: 'There is one more type to import.' },
  'type-removed': { level: 'breaking', sentence: 'Code that imports the type does not compile.' },
  'type-renamed': {
    level: 'breaking',
    sentence: 'Code that imports the type by its old name does not compile.',
  },
  'type-moved': {
    level: 'risky',
    sentence:
      'Code that imports it from its file under `payloads/` has to name another one; the index has both.',
  },
  'guard-removed': {
    level: 'breaking',
    sentence: 'No event has it for a payload, so its guard is gone: code that calls it does not compile.',
  },
  'field-removed': { level: 'breaking', sentence: 'Code that reads the field does not compile.' },
  'field-renamed': {
    level: 'breaking',
    sentence: 'Code that reads the field by its old name does not compile.',
  },
  'field-added': {
    level: 'safe',
    sentence:
      'There is one more field to read. A delivery that already had another type of value under its name was accepted, and is answered 422.',
  },
  'field-added-required': {
    level: 'risky',
    sentence: 'A delivery without the field is answered 422.',
  },
  'field-added-to-variant': {
    level: 'risky',
    sentence:
      'Code that distinguishes the variants of a union by whether a field is there may take one for another, or not compile.',
  },
  'field-optional': {
    level: 'breaking',
    sentence: 'The field may be absent: code that relies on its value does not compile.',
  },
  'field-required': { level: 'risky', sentence: 'A delivery without the field is answered 422.' },
  retyped: {
    level: 'breaking',
    sentence: 'Code that uses the value as what it was does not compile, and what it was is answered 422.',
  },
  'type-widened': {
    level: 'breaking',
    sentence:
      'The value may be of a type that code does not expect: it does not compile until it deals with it.',
  },
  'type-narrowed': {
    level: 'risky',
    sentence:
      'A delivery that still carries what is gone is answered 422, and code that deals with it may be dead or not compile.',
  },
  'nullable-added': {
    level: 'breaking',
    sentence: 'The value may be null: code that relies on it does not compile.',
  },
  'nullable-removed': { level: 'risky', sentence: 'A delivery that still carries null is answered 422.' },
  'integer-widened': {
    level: 'risky',
    sentence: 'The number may have a fraction. No compiler notices: both are `number`.',
  },
  'integer-required': { level: 'risky', sentence: 'A delivery with a fraction is answered 422.' },
  'enum-member-added': {
    level: 'breaking',
    sentence: 'A `switch` over the values that was complete is not any more.',
  },
  'enum-member-removed': {
    level: 'breaking',
    sentence:
      'A comparison with the value does not compile, and a delivery that still carries it is answered 422.',
  },
  'enum-opened': {
    level: 'breaking',
    sentence: 'Any value of its kind may come: a `switch` over the known ones is not complete.',
  },
  'enum-closed': {
    level: 'breaking',
    sentence: 'A comparison with any other value does not compile, and a delivery with one is answered 422.',
  },
  'open-values-changed': {
    level: 'safe',
    sentence: 'The list of known values has changed; any value was accepted and still is.',
  },
  'const-changed': {
    level: 'breaking',
    sentence:
      'A comparison with the old value does not compile, and a delivery that still carries it is answered 422.',
  },
  'format-changed': {
    level: 'risky',
    sentence: 'Texts of another form come, or those of the old form are answered 422.',
  },
  'constraint-changed': {
    level: 'risky',
    sentence: 'Other values are accepted than before. No type changes: code compiles as it did.',
  },
  'variant-added': {
    level: 'breaking',
    sentence: 'The union has one more variant: code that dealt with all of them does not compile.',
  },
  'variant-removed': {
    level: 'breaking',
    sentence:
      'Code that distinguishes this variant from the others does not compile, and a delivery of it is answered 422.',
  },
  'keys-named': {
    level: 'breaking',
    sentence: 'Any key could be read so far. Now the named ones alone can, and others do not compile.',
  },
  'keys-removed': {
    level: 'breaking',
    sentence: 'Keys that fields were not named for could be read so far; now they do not compile.',
  },
  'keys-described': {
    level: 'risky',
    sentence: 'Keys that are not named are described now: a value of another kind is answered 422.',
  },
  'keys-refused': {
    level: 'risky',
    sentence: 'A delivery with any field that is not named is answered 422.',
  },
  'keys-accepted': {
    level: 'safe',
    sentence: 'Fields that are not named are accepted, where they were answered 422.',
  },
  deprecated: {
    level: 'safe',
    sentence: 'It is still there, and is going to go: editors strike it through.',
  },
  'schema-changed': {
    level: 'risky',
    sentence:
      'The schema is put together differently, in a way that is not taken apart here: compare the types.',
  },
});

export type RuleId = keyof typeof rules;
