import type { Json } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import type { Judgement } from './judge.js';
import type { Fold } from './rows.js';

/** What is remembered beside a delivery, so that a start does not judge all of them anew. */
export interface Note {
  /** What it was judged by. */
  readonly by: string;
  readonly judgement: Judgement;
  readonly fold: Fold;
  readonly attempt: number;
  /** Nothing was forwarded: dev answered by itself. */
  readonly isKept: boolean;
}

export function noteToJson(note: Note): Json {
  return note as unknown as Json;
}

const authenticities: readonly unknown[] = ['authentic', 'refused', 'unchecked'];
const validities: readonly unknown[] = ['valid', 'invalid', 'unreadable', 'unknown'];

/** Undefined for what another version has remembered, or nobody. */
export function noteFromJson(json: Json | undefined): Note | undefined {
  if (!isObject(json)) return undefined;
  const { by, judgement, fold, attempt, isKept } = json;
  if (typeof by !== 'string' || typeof attempt !== 'number' || typeof isKept !== 'boolean') return undefined;
  if (!isObject(fold) || typeof fold['key'] !== 'string' || typeof fold['byBytes'] !== 'boolean')
    return undefined;
  if (!isObject(judgement)) return undefined;
  const { event, product, authenticity, reason, validity, issues, unknownFields } = judgement;
  const areTexts = [event, product, reason].every((each) => each === undefined || typeof each === 'string');
  const areNumbers = typeof issues === 'number' && typeof unknownFields === 'number';
  if (!areTexts || !areNumbers) return undefined;
  if (!authenticities.includes(authenticity) || !validities.includes(validity)) return undefined;
  return json as unknown as Note;
}
