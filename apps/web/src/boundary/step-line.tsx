import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import { inLang, langNow } from '../agreement/clause-words.ts';
import { DoForm } from '../agreement/do-form.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { proveBoundaryStep } from '../generated/sdk.gen.ts';
import { language, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import type { Boundary } from './boundary.queries.ts';

type Shown = {
  partyId: string;
  step: Boundary['steps'][number];
  rung: Boundary['ladder']['rungs'][number];
};

/** What was said or sent on a rung: when, in which words, and the record that shows it. */
export function StepLine({ partyId, step, rung }: Shown) {
  const [isProving, setProving] = useState(false);
  const lang = langNow(language.use().tag);
  const { at, words, proofId, safety, answers, reviewOn } = step;
  return (
    <li className="terms-line">
      <details>
        <summary>
          {momentOf(at)} · {inLang(rung.says, lang)}
          {reviewOn && <span className="quiet"> · {t('boundary.reviewOn', { date: dateOf(reviewOn) })}</span>}
        </summary>
        <pre className="terms-text" lang={step.lang}>
          {words}
        </pre>
        {answers && (
          <dl className="small">
            <dt>{t('boundary.ownHandling')}</dt>
            <dd className="quiet">{answers.ownHandling}</dd>
            <dt>{t('boundary.otherWay')}</dt>
            <dd className="quiet">{answers.otherWay}</dd>
          </dl>
        )}
      </details>
      {safety && (
        <p className="small">{t('boundary.safetyWas', { reason: safety.reason, looked: safety.looked })}</p>
      )}
      {proofId ? (
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId: proofId }}
          className="small"
        >
          {t('boundary.proof')}
        </Link>
      ) : (
        !isProving && (
          <button type="button" className="link-button small" onClick={() => setProving(true)}>
            {t('boundary.proveLater')}
          </button>
        )
      )}
      {isProving && <ProofForm partyId={partyId} id={step.id} onDone={() => setProving(false)} />}
    </li>
  );
}

function ProofForm({ partyId, id, onDone }: { partyId: string; id: string; onDone: () => void }) {
  const [cite, setCite] = useState<Cite | null>(null);
  return (
    <DoForm
      says={t('boundary.prove')}
      doneSays={t('boundary.proved')}
      act={() => proveBoundaryStep({ path: { id }, body: { proofId: cite!.interactionId } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={cite ? null : t('boundary.proofNeeded')}
    >
      <CitePicker partyId={partyId} side="ours" says={t('boundary.proof')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}
