import { CharBase, CharSet, DFA, JS, NFA, visitAst } from 'refa';
import type { Assertion, Concatenation, Element, Expression, NoParent, TransitionIterator } from 'refa';

/**
 * A deterministic automaton over code points. They fall into classes that no state tells apart; states and classes are
 * numbers, and the first state is 0.
 */
export interface Automaton {
  /** The first code point of each run of code points of one class; the first run starts at 0. */
  readonly starts: readonly number[];
  /** The class of each run. */
  readonly classes: readonly number[];
  /** The state that follows, at state * (number of classes) + class; -1 where no text can match any more. */
  readonly next: readonly number[];
  /** The states in which a text that ends there matches. */
  readonly accepting: readonly number[];
}

const maxCodePoint = 0x10ffff;
/** Numbers in the table of an automaton, which is states times classes. A pattern that needs more is not converted. */
const maxTable = 32_768;
/** States on the way to it, first of an automaton that may be in several states at once. */
const maxNfaStates = 5_000;
const maxDfaStates = 10_000;
/** How often the states of the first are looked at, for one pattern; and for those of a run, with what each costs besides. */
const maxLooks = 2_000_000;
const maxLooksOfAll = 10_000_000;
const looksAtLeast = 5_000;
/** Assertions that differ. */
const maxMarks = 32;

type Alternatives = readonly NoParent<Concatenation>[];

/** What may still be looked at, for all patterns of a run together. */
export interface Budget {
  looks: number;
}

export function budget(): Budget {
  return { looks: maxLooksOfAll };
}

/**
 * Makes an automaton that accepts the texts in which JavaScript would find a pattern, with the flag `u`.
 *
 * @returns undefined for what no automaton can do, or none of a reasonable size
 */
export function automatonOf(pattern: string, left: Budget = budget()): Automaton | undefined {
  // Flags of a part of a pattern are newer than the library, which would pass over them.
  if (/\(\?[a-z-]/u.test(pattern)) return undefined;
  left.looks -= looksAtLeast;
  try {
    const parser = JS.Parser.fromLiteral({ source: pattern, flags: 'u' });
    const options = { assertions: 'parse', backreferences: 'throw', maxBackreferenceWords: 0 } as const;
    return converted(parser.parse(options).expression, left);
  } catch {
    // Whatever the library has to say of it: too many nodes, syntax that it does not know, a stack that is too deep.
    return undefined;
  }
}

/**
 * Each assertion in a pattern becomes a mark in the text: the pattern reads marked texts, an automaton for each mark accepts
 * the texts in which it stands where the assertion holds, and at last the marks are taken out of the texts that all of them
 * accept. The letters of these texts are the numbers of sets of code points that the pattern never tells apart, and
 * after them the marks.
 */
function converted(expression: NoParent<Expression>, left: Budget): Automaton | undefined {
  const mentioned = [CharSet.all(maxCodePoint)];
  visitAst(expression, { onCharacterClassEnter: ({ characters }) => mentioned.push(characters) });
  const base = new CharBase(mentioned);
  const firstMark = base.sets.length;
  const maxCharacter = firstMark + maxMarks - 1;
  const everyLetter = CharSet.fromRange(maxCharacter, { min: 0, max: firstMark - 1 });
  const everyMark = everyLetter.negate();
  const any = anyText();
  const leave = left.looks - maxLooks;
  const result = tabulated(language(expression.alternatives, { before: true, after: true }), base.sets);
  return result.next.length > maxTable ? undefined : result;

  /** The texts that alternatives match, with any text before or after. */
  function language(alternatives: Alternatives, around: { before: boolean; after: boolean }): DFA {
    const marks = new Map<string, { readonly mark: number; readonly assertion: NoParent<Assertion> }>();
    const markOf = (assertion: NoParent<Assertion>): number => {
      const key = JSON.stringify(assertion, (name, value: unknown) =>
        name === 'source' || name === 'parent' ? undefined : value,
      );
      const known = marks.get(key) ?? { mark: firstMark + marks.size, assertion };
      marks.set(key, known);
      return known.mark;
    };
    const elements = [
      ...(around.before ? [any] : []),
      { type: 'Alternation' as const, alternatives: marked(alternatives, markOf) },
      ...(around.after ? [any] : []),
    ];
    let texts = NFA.fromRegex([{ type: 'Concatenation', elements }], { maxCharacter }, {}, nfaNodes());
    for (const { mark, assertion } of marks.values()) {
      // A condition ends where it stands: what is on its other side cannot be asked in it.
      if (assertion.kind === 'ahead' ? !around.after : !around.before) throw new Error('looks both ways');
      texts = NFA.fromIntersection(texts, holding(assertion, mark), nfaNodes());
    }
    return determinized(unmarked(texts));
  }

  /** Alternatives over letters, with a mark in the place of each assertion. */
  function marked(
    alternatives: Alternatives,
    markOf: (assertion: NoParent<Assertion>) => number,
  ): NoParent<Concatenation>[] {
    const element = (each: NoParent<Element>): NoParent<Element> => {
      if (each.type === 'Unknown') throw new Error('unknown');
      if (each.type === 'Assertion')
        return { type: 'CharacterClass', characters: CharSet.fromCharacter(maxCharacter, markOf(each)) };
      if (each.type === 'CharacterClass')
        return { ...each, characters: CharSet.fromCharacters(maxCharacter, base.split(each.characters)) };
      return { ...each, alternatives: marked(each.alternatives, markOf) };
    };
    return alternatives.map(({ elements }) => ({ type: 'Concatenation', elements: elements.map(element) }));
  }

  /** The marked texts in which a mark stands only where its assertion holds. */
  function holding({ kind, negate, alternatives }: NoParent<Assertion>, mark: number): NFA {
    const isAhead = kind === 'ahead';
    let condition = language(alternatives, { before: !isAhead, after: isAhead });
    if (isAhead) {
      // What follows is what came before, read from the end.
      const reversed = NFA.fromFA(condition);
      reversed.reverse();
      condition = determinized(reversed.transitionIterator());
    }
    const builder = new NFA.Builder(nfaNodes());
    const state = (created: NFA.Node, holds: boolean): NFA.Node => {
      builder.makeFinal(created);
      builder.linkNodes(created, created, holds ? everyMark : everyMark.without({ min: mark, max: mark }));
      return created;
    };
    const states = new Map<DFA.ReadonlyNode, NFA.Node>();
    for (const each of condition.nodes()) {
      const created = each === condition.initial ? builder.initial : builder.createNode();
      states.set(each, state(created, condition.finals.has(each) !== negate));
    }
    /** Where the condition is not, whatever follows. */
    const never = state(builder.createNode(), negate);
    builder.linkNodes(never, never, everyLetter);
    for (const [from, created] of states) {
      let rest = everyLetter;
      for (const [letters, to] of from.out) {
        builder.linkNodes(created, states.get(to) ?? never, CharSet.fromRange(maxCharacter, letters));
        rest = rest.without(letters);
      }
      if (!rest.isEmpty) builder.linkNodes(created, never, rest);
    }
    const result = NFA.fromBuilder(builder, { maxCharacter });
    if (isAhead) result.reverse();
    return result;
  }

  /** Accepts a text where the automaton accepts it with marks somewhere in it. */
  function unmarked(texts: NFA): TransitionIterator<NFA.ReadonlyNode> {
    /** A state, and those that marks lead to from it. */
    const reached = (state: NFA.ReadonlyNode): ReadonlySet<NFA.ReadonlyNode> => {
      const found = new Set([state]);
      for (const each of found)
        for (const [to, via] of each.out) if (!via.isDisjointWith(everyMark)) found.add(to);
      return found;
    };
    return {
      initial: texts.initial,
      stableOut: true,
      isFinal: (state) => [...reached(state)].some((each) => texts.finals.has(each as NFA.Node)),
      getOut: (state) => {
        const out = new Map<NFA.ReadonlyNode, CharSet>();
        for (const each of reached(state)) {
          for (const [to, via] of each.out) {
            const letters = via.intersect(everyLetter);
            if (!letters.isEmpty) out.set(to, out.get(to)?.union(letters) ?? letters);
          }
        }
        return out;
      },
    };
  }

  function determinized(texts: TransitionIterator<NFA.ReadonlyNode>): DFA {
    const known = new Map<NFA.ReadonlyNode, ReadonlyMap<NFA.ReadonlyNode, CharSet>>();
    const getOut = (state: NFA.ReadonlyNode) => {
      left.looks -= 1;
      if (left.looks < Math.max(0, leave)) throw new Error('too many looks');
      const out = known.get(state) ?? texts.getOut(state);
      known.set(state, out);
      return out;
    };
    const nodes = new DFA.LimitedNodeFactory(maxDfaStates);
    const result = DFA.fromTransitionIterator({ ...texts, getOut }, { maxCharacter }, nodes);
    result.minimize();
    return result;
  }

  function anyText(): NoParent<Element> {
    const characters = CharSet.all(maxCharacter);
    const one = {
      type: 'Concatenation' as const,
      elements: [{ type: 'CharacterClass' as const, characters }],
    };
    return { type: 'Quantifier', min: 0, max: Infinity, lazy: false, alternatives: [one] };
  }
}

function nfaNodes(): NFA.LimitedNodeFactory {
  return new NFA.LimitedNodeFactory(maxNfaStates);
}

/** The tables of an automaton over letters. States and classes get their numbers in the order in which they are met. */
function tabulated({ initial, finals }: DFA, letters: readonly CharSet[]): Automaton {
  const states: DFA.ReadonlyNode[] = [initial];
  const numbers = new Map<DFA.ReadonlyNode | undefined, number>([[initial, 0]]);
  for (const state of states)
    for (const [, to] of state.out) if (!numbers.has(to)) numbers.set(to, states.push(to) - 1);
  const runs = letters
    .flatMap(({ ranges }, letter) => ranges.map(({ min }) => ({ min, letter })))
    .sort((a, b) => a.min - b.min);
  const columns = new Map<string, readonly number[]>();
  const classOf = letters.map((_, letter) => {
    const column = states.map(({ out }) => numbers.get(out.get(letter)) ?? -1);
    const key = column.join();
    columns.set(key, column);
    return key;
  });
  const order = [...new Set(runs.map(({ letter }) => classOf[letter] ?? ''))];
  const starts: number[] = [];
  const classes: number[] = [];
  for (const { min, letter } of runs) {
    const number = order.indexOf(classOf[letter] ?? '');
    if (classes.at(-1) === number) continue;
    starts.push(min);
    classes.push(number);
  }
  return {
    starts,
    classes,
    next: states.flatMap((_, state) => order.map((key) => columns.get(key)?.[state] ?? -1)),
    accepting: states.flatMap((state, number) => (finals.has(state as DFA.Node) ? [number] : [])),
  };
}
