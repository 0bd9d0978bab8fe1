import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inLang, langNow } from '../agreement/clause-words.ts';
import { ReasonForm } from '../agreement/do-form.tsx';
import { QuoteLink } from '../course/quote-link.tsx';
import { liftBoundary, withdrawBreach } from '../generated/sdk.gen.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { type Boundary, keepingQuery } from './boundary.queries.ts';
import { keepingWords } from './keeping-words.ts';
import { NextStep } from './next-step.tsx';
import { ReviewForm } from './review-form.tsx';
import { StepLine } from './step-line.tsx';

type Shown = { partyId: string; boundary: Boundary };
type Open = 'review' | 'lift' | null;

/** One rule: its clause, its crossings with their quotes, what was said, what comes next, and how we keep it. */
export function BoundarySheet({ partyId, boundary }: Shown) {
  const [open, setOpen] = useState<Open>(null);
  const { id, clause, says, state, count, reviewOn, breaches, steps } = boundary;
  const close = () => setOpen(null);
  const isKept = state === 'kept';
  return (
    <article className="sheet" aria-labelledby={`boundary-${id}`}>
      <h2 className="answer-head row" id={`boundary-${id}`}>
        {t('boundary.headLine', { number: clause.number, says })}
        <span className="terms-state">
          {isKept ? t('boundary.crossed', { count }) : t('boundary.lifted')}
        </span>
      </h2>
      <p className="terms-line terms-says">
        <q>{clause.says}</q>{' '}
        <span className={clause.state === 'agreed' ? 'terms-state' : 'terms-state terms-state-open'}>
          {t(`clause.state-${clause.state}`)}
        </span>
      </p>
      <OurKeeping partyId={partyId} id={id} />
      <ul>
        {breaches.map((breach) => (
          <BreachLine key={breach.id} partyId={partyId} breach={breach} />
        ))}
        {steps.map((step) => (
          <StepLine key={step.id} partyId={partyId} step={step} rung={boundary.ladder.rungs[step.rung]!} />
        ))}
      </ul>
      {isKept && <NextStep partyId={partyId} boundary={boundary} />}
      {isKept && <LadderView boundary={boundary} />}
      {isKept && open === null && (
        <div className="terms-line terms-actions">
          {reviewOn && <span className="small">{t('boundary.reviewOn', { date: dateOf(reviewOn) })}</span>}
          <button type="button" className="link-button" onClick={() => setOpen('review')}>
            {t('boundary.review')}
          </button>
          <button type="button" className="link-button" onClick={() => setOpen('lift')}>
            {t('boundary.lift')}
          </button>
        </div>
      )}
      {open === 'review' && <ReviewForm id={id} onDone={close} />}
      {open === 'lift' && <LiftForm id={id} onDone={close} />}
    </article>
  );
}

function OurKeeping({ partyId, id }: { partyId: string; id: string }) {
  const keeping = useQuery(keepingQuery(id)).data;
  const words = keeping && keepingWords(keeping);
  if (!words) return null;
  if (keeping.slips.length === 0) return <p className="terms-line small">{words}</p>;
  return (
    <details className="terms-line small">
      <summary>{words}</summary>
      <ul className="course-quotes">
        {keeping.slips.map((slip) => (
          <li key={slip.interactionId + slip.at + slip.quote}>
            <QuoteLink partyId={partyId} place={slip} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function BreachLine({ partyId, breach }: { partyId: string; breach: Boundary['breaches'][number] }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { id, number, cite, happenedAt, note, isWithdrawn, withdrawnReason } = breach;
  return (
    <li className="terms-line">
      <span className="small quiet">{t('boundary.breachNumber', { number })} </span>
      <QuoteLink partyId={partyId} place={{ ...cite, at: happenedAt }} />
      {note && <p className="small quiet">{note}</p>}
      {isWithdrawn && (
        <p className="small quiet">{t('boundary.withdrawn', { reason: withdrawnReason ?? '' })}</p>
      )}
      {!isWithdrawn && !isOpen && (
        <div className="terms-actions">
          <button type="button" className="link-button" onClick={() => setOpen(true)}>
            {t('boundary.withdraw')}
          </button>
        </div>
      )}
      {isOpen && (
        <ReasonForm
          says={t('boundary.withdraw')}
          doneSays={t('boundary.notCounted')}
          reason={reason}
          onReason={setReason}
          act={() => withdrawBreach({ path: { id }, body: { reason } })}
          onDone={() => setOpen(false)}
          onCancel={() => setOpen(false)}
        />
      )}
    </li>
  );
}

function LadderView({ boundary: { ladder, next } }: { boundary: Boundary }) {
  const lang = langNow(language.use().tag);
  return (
    <details className="terms-line small">
      <summary>{t('boundary.ladder')}</summary>
      <ol className="ladder">
        {ladder.rungs.map((rung, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rungs of a ladder that is set never move.
          <li key={at} aria-current={at === next.index ? 'step' : undefined}>
            {inLang(rung.says, lang)}
            <span className="quiet">
              {' '}
              {t('boundary.open', { ways: rung.leavesOpen.map((way) => t(`clause.way-${way}`)).join(', ') })}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function LiftForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ReasonForm
      says={t('boundary.lift')}
      doneSays={t('boundary.lifted')}
      reason={reason}
      onReason={setReason}
      act={() => liftBoundary({ path: { id }, body: { reason } })}
      onDone={onDone}
      onCancel={onDone}
    />
  );
}
