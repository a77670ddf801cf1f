import type { ValidationError } from 'class-validator';
import type { StatedRule } from './rules';

const MAX_ITEMS_NAMED = 20;

interface BadItem {
  readonly index: number;
  readonly value: unknown;
}

/** Which items of a list break a rule about each item; class-validator only says that some do. */
export function badItemsOf(rule: StatedRule, { value }: ValidationError): BadItem[] {
  const bad: BadItem[] = [];
  for (const [index, item] of (value as unknown[]).entries()) {
    if (rule.accepts(item)) continue;
    // A hole or `undefined` can't come out of JSON; `null` can.
    bad.push({ index, value: item ?? null });
    if (bad.length === MAX_ITEMS_NAMED) break;
  }
  return bad;
}
