import type { GateStanding } from '../generated/types.gen.ts';
import { kindWords } from '../language/kind-words.ts';
import { againstWords, RecordLine } from '../language/record-list.tsx';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';

/** Everything that stands against a letter leaving now, each with where it comes from. */
export function GateLines({ partyId, standing }: { partyId: string; standing: readonly GateStanding[] }) {
  const said = standing.filter(({ rule }) => rule !== 'undo');
  if (said.length === 0) return null;
  return (
    <ul className="letter-gate-lines small">
      {said.map((one) => (
        <li key={JSON.stringify(one)}>
          {standingWords(one)}
          {one.line && <RecordLine partyId={partyId} line={one.line} />}
        </li>
      ))}
    </ul>
  );
}

function standingWords({ rule, at, kinds, number }: GateStanding): string {
  if (rule === 'record') return t('gate.rule.record', { says: kinds.map(againstWords).join(', ') });
  const level = rule === 'own-words' ? { level: 'warning' as const } : {};
  const words = kinds.map((kind) =>
    kindWords({ kind: kind as Parameters<typeof kindWords>[0]['kind'], ...level }),
  );
  const when = at ? { at: momentOf(at), date: dateOf(at) } : { at: '', date: '' };
  return t(`gate.rule.${rule}`, { ...when, kinds: words.join(', '), number: number ?? '' });
}
