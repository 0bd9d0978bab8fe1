import type { Point, PointStep } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { money } from './price.ts';
import { QuoteLine } from './quote-line.tsx';

/** Every step with who, when, why and in whose words, the newest first. */
export function PointHistory({ point }: { point: Point }) {
  const who = useWho();
  return (
    <section className="sheet" aria-label={t('point.history')}>
      <h2 className="answer-head">{t('point.history')}</h2>
      <ol className="course-quotes">
        {[...point.steps].reverse().map((step) => (
          <li key={step.recordId}>
            <strong>{named('pointStep', step.step)}</strong>
            {saidWords(step)}
            {step.reason && <span> · {step.reason}</span>}
            <div className="small quiet">
              {who(step.actor)}, {momentOf(step.recordedAt)}
            </div>
            {step.cites.map((cite) => (
              <QuoteLine key={cite.role} partyId={point.partyId} cite={cite} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a step says beside its reason: which ground, which price, which name. */
function saidWords({ step, said, cites }: PointStep): string {
  if (step === 'ground-set') return ` · ${named('ground', String(said.ground))}`;
  if (step === 'priced') return ` · ${money({ cents: Number(said.cents), currency: String(said.currency) })}`;
  if (step === 'named') return ` · ${said.title}, ${named('pointKind', String(said.kind))}`;
  if (step === 'split') return ` · ${t('point.newNumber', { number: Number(said.number) })}`;
  if (step === 'weighed' && cites[0]) return ` · ${named('weight', cites[0].role)}`;
  return '';
}
