import type { RuleLang } from './finding.ts';
import { GROUPS, type Group } from './rules/groups.ts';
import type { CompiledPack } from './rules/pack.ts';
import { isProgramOf, type Program, readProgram } from './rules/program.ts';
import { createRuleSet, type RuleSet } from './rules/rule-set.ts';

/**
 * A pack that stands alone and is read when a text first needs it.
 *
 * @property program its rules of a group, compiled beforehand; null: they are compiled when they are needed
 */
export type ShippedPack = {
  readonly lang: RuleLang;
  readonly pack: () => CompiledPack;
  readonly program: (group: Group) => Program | null;
};

/** Makes each value once, when it is first asked for. */
export function keptFor<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const kept = made.get(key) ?? { value: make(key) };
    made.set(key, kept);
    return kept.value;
  };
}

/** Its rules of a group, from what was compiled beforehand where that is of this pack. */
export function shippedRules({ lang, pack: read, program: find }: ShippedPack, group: Group): RuleSet {
  const pack = read();
  const program = find(group);
  return program !== null && isProgramOf(program, pack, group)
    ? readProgram(program, pack)
    : createRuleSet(lang, [pack], GROUPS[group]);
}
