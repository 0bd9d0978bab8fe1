import type { GateStanding } from '../generated/types.gen.ts';
import { kindWords } from '../language/kind-words.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';

/** Everything that stands against a letter leaving now, each with where it comes from. */
export function GateLines({ standing }: { standing: readonly GateStanding[] }) {
  const said = standing.filter(({ rule }) => rule !== 'undo');
  if (said.length === 0) return null;
  return (
    <ul className="letter-gate-lines small">
      {said.map((one) => (
        <li key={`${one.rule} ${one.id}`}>{standingWords(one)}</li>
      ))}
    </ul>
  );
}

function standingWords({ rule, at, kinds, number }: GateStanding): string {
  const level = rule === 'own-words' ? { level: 'warning' as const } : {};
  const words = kinds.map((kind) =>
    kindWords({ kind: kind as Parameters<typeof kindWords>[0]['kind'], ...level }),
  );
  const when = at ? { at: momentOf(at), date: dateOf(at) } : { at: '', date: '' };
  return t(`gate.rule.${rule}`, { ...when, kinds: words.join(', '), number: number ?? '' });
}
