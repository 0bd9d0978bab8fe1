import type { CasefileStep } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { named, say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

/** What was done, by whom, when and why, the last step first. */
export function Steps({ steps }: { steps: readonly CasefileStep[] }) {
  const who = useWho();
  return (
    <section className="section" aria-labelledby="steps-title">
      <h2 id="steps-title">{t('casefile.history')}</h2>
      <ol className="sheet steps">
        {steps.toReversed().map((step) => (
          <li key={step.recordId}>
            <span className="small quiet steps-when">{momentOf(step.at)}</span>
            <span>
              {named('step', step.kind.replace('.', '-'))}
              {detailOf(step) && ` ${detailOf(step)}`}
              {step.reason && <q className="steps-why">{step.reason}</q>}
            </span>
            <span className="small quiet">{who(step.actor)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The one thing of a step that tells it from others of its kind. */
function detailOf({ params }: CasefileStep): string {
  const { number, stage, outcome, role, person, says, title, second } = params as Params;
  const parts = [
    typeof number === 'number' ? `#${number}` : number,
    typeof stage === 'string' ? named('stage', stage) : stage && t('complaint.stage', { stage }),
    outcome && named('outcome', outcome),
    person && `${named('caserole', person.role)}: ${person.name}`,
    role && named('caserole', role),
    title,
    says,
    second && say(`second.${second.who}`, { name: second.name ?? '' }),
  ];
  return parts.filter((part) => part).join(' · ');
}

type Params = Partial<{
  number: number | string;
  stage: number | string;
  outcome: string;
  role: string;
  person: { role: string; name: string };
  says: string;
  title: string;
  second: { who: string; name: string | null } | null;
}>;
