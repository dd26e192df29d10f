import type { Contract } from '../model/contract.js';
import { references } from '../model/subschemas.js';

/** Tells which events carry a type in their payloads. */
export function eventsByType({ events, types }: Contract): (type: string) => readonly string[] {
  const users = new Map<string, string[]>();
  for (const { name, schema } of types) {
    for (const used of new Set(references(schema))) {
      const list = users.get(used) ?? [];
      list.push(name);
      users.set(used, list);
    }
  }
  const byPayload = new Map<string, string[]>();
  for (const { name, payload } of events) {
    const list = byPayload.get(payload) ?? [];
    list.push(name);
    byPayload.set(payload, list);
  }
  const known = new Map<string, readonly string[]>();
  return (type) => {
    const found = known.get(type) ?? eventsAbove(type);
    known.set(type, found);
    return found;
  };

  function eventsAbove(type: string): readonly string[] {
    const seen = new Set([type]);
    for (const name of seen) for (const user of users.get(name) ?? []) seen.add(user);
    return [...seen].flatMap((name) => byPayload.get(name) ?? []);
  }
}
