import { ProofError } from './proof-error.ts';
import { parseVkey, type Vkey } from './vkey.ts';

/** Whom a reader trusts: logs, witnesses, and how many of these must have seen a head. */
export type Policy = {
  readonly logs: readonly Vkey[];
  readonly witnesses: readonly { readonly name: string; readonly vkey: Vkey }[];
  /** Whether these names, of witnesses as the policy calls them, are enough; `none` is always. */
  readonly isEnough: (seenBy: ReadonlySet<string>) => boolean;
  /** Whether any witness is needed at all. */
  readonly asksWitnesses: boolean;
};

type Rule = (seenBy: ReadonlySet<string>) => boolean;

const MOST_LINES = 1000;

/**
 * Reads a policy: lines `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME any|all|K MEMBER…`, and exactly one
 * `quorum NAME|none`. Names are defined before they are used.
 *
 * @throws ProofError `malformed-policy`, `malformed-key`
 * @source C2SP tlog-policy
 */
export function readPolicy(text: string): Policy {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.length > MOST_LINES) malformed('it is too long');
  const logs: Vkey[] = [];
  const witnesses: { name: string; vkey: Vkey }[] = [];
  const rules = new Map<string, Rule>();
  const quorums: string[] = [];
  const define = (name: string | undefined, rule: Rule) => {
    if (!name || name === 'none' || rules.has(name))
      malformed(`the name "${name ?? ''}" is missing or stands twice`);
    rules.set(name as string, rule);
  };
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    const [keyword, first, second, ...more] = line.split(/[ \t]+/);
    if (keyword === 'log') logs.push(keyOf(first, 0x01));
    else if (keyword === 'witness') {
      witnesses.push({ name: first ?? '', vkey: keyOf(second, 0x04) });
      define(first, (seenBy) => seenBy.has(first as string));
    } else if (keyword === 'group') define(first, groupRule(second, more, rules));
    else if (keyword === 'quorum') quorums.push(first ?? '');
    else malformed(`"${keyword}" is no line of a policy`);
  }
  const [quorum, ...others] = quorums;
  if (quorum === undefined || others.length > 0) malformed('it has not exactly one quorum');
  const rule = quorum === 'none' ? () => true : rules.get(quorum as string);
  if (!rule) malformed(`its quorum "${quorum}" is defined nowhere`);
  return { logs, witnesses, isEnough: rule as Rule, asksWitnesses: quorum !== 'none' };
}

function groupRule(
  count: string | undefined,
  members: readonly string[],
  rules: ReadonlyMap<string, Rule>,
): Rule {
  const parts = members.map(
    (member) => rules.get(member) ?? malformed(`"${member}" is defined nowhere before`),
  );
  if (new Set(members).size < members.length) malformed('a group names a member twice');
  const needed =
    count === 'any'
      ? 1
      : count === 'all'
        ? parts.length
        : /^[1-9][0-9]*$/.test(count ?? '')
          ? Number(count)
          : 0;
  if (needed < 1 || needed > parts.length)
    malformed('a group asks for more members than it has, or for none');
  return (seenBy) => parts.filter((part) => part(seenBy)).length >= needed;
}

function keyOf(text: string | undefined, type: Vkey['type']): Vkey {
  const vkey = parseVkey(text ?? '');
  return vkey.type === type ? vkey : malformed('a key is of another kind than its line');
}

function malformed(why: string): never {
  throw new ProofError('malformed-policy', `This is no policy: ${why}.`);
}
